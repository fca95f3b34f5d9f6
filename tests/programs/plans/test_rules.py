"""What the database refuses of plans, meetings, awards and documents, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from programs.activities.models import ActivityEntry
from programs.plans.models import Award, GuidingDocument, TaskEvidence
from tests.factories.activities import new_session as session
from tests.factories.activities import saved
from tests.factories.plans import ceremony, meeting, national, plan, programme, target, task
from tests.factories.user import commune, province


def refusal(write) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return caught.value.__cause__.diag.constraint_name


def award(by, **fields):
    given = {"form": "merit", "issuer": "Ủy ban nhân dân tỉnh", "recipient": "individual", "count": 3}
    return Award.objects.create(programme=national(), unit=commune(), logged_by=by, **given | fields)


def document(by, **fields):
    given = {"kind": "plan", "issuer": "Công an phường", "abstract": "Triển khai", "number": "5/KH"}
    return GuidingDocument.objects.create(
        programme=national(), unit=commune(), logged_by=by, **given | fields
    )


def test_a_programme_of_another_commune_binds_nobody_here(cast):
    foreign = programme(where=commune("18100"))
    assert refusal(lambda: plan(cast.officer, of=foreign)) == "row_in_reach_of_its_programme"
    assert refusal(lambda: ceremony(cast.officer, foreign)) == "row_in_reach_of_its_programme"
    above = programme("12/CTrPH", province())
    assert plan(cast.officer, of=above).programme == above
    assert refusal(lambda: plan(cast.province, province(), of=foreign)) == "row_in_reach_of_its_programme"


def test_individuals_are_counted_and_never_named(cast):
    assert award(cast.officer).count == 3
    assert (
        refusal(lambda: award(cast.officer, institutions="Ông Nguyễn Văn A"))
        == "award_names_collectives_only"
    )
    named = award(cast.officer, recipient="collective", institutions="Công an phường Thành Sen")
    assert named.institution_lines == ["Công an phường Thành Sen"]
    assert refusal(lambda: award(cast.officer, count=0)) == "award_bounds"


def test_points_belong_to_meetings_online(cast):
    assert (
        refusal(lambda: meeting(cast.officer, points="Điểm cầu Công an tỉnh")) == "meeting_points_only_online"
    )
    assert meeting(cast.officer, mode="online", points="Điểm cầu Công an tỉnh", point_count=28).pk


def test_a_plan_that_cannot_be_is_refused(cast):
    assert refusal(lambda: plan(cast.officer, ends_on=date(2025, 1, 1))) == "plan_in_order"
    assert refusal(lambda: plan(cast.officer, state="issued")) == "plan_issued_on_a_day"
    made = plan(cast.officer)
    assert refusal(lambda: task(made, done_on=date(2199, 1, 1))) == "task_done_not_in_future"
    assert refusal(lambda: target(made, amount=0)) == "target_amount"
    assert refusal(lambda: target(made, "coverage:model_communes", 101)) == "target_coverage_is_a_share"
    assert refusal(lambda: target(made, "Câu lệnh; x")) == "target_indicator"
    target(made)
    assert refusal(lambda: target(made)) == "target_once"


def test_evidence_is_of_the_plans_unit_and_stands_in_the_log(cast):
    mine = saved(session(cast.officer))
    theirs = saved(session(cast.neighbour, unit=commune("18100")))
    gone = saved(session(cast.officer))
    gone.deleted_at, gone.deleted_by, gone.deletion_reason = gone.logged_at, cast.officer, "Nhập nhầm"
    gone.save()
    own, provinces = task(plan(cast.officer)), task(plan(cast.province, province()))

    def show(work, row):
        return TaskEvidence.objects.create(task=work, entry=ActivityEntry.objects.get(pk=row.pk))

    assert show(own, mine).pk and show(provinces, theirs).pk
    assert refusal(lambda: show(own, theirs)) == "evidence_of_the_plans_unit"
    assert refusal(lambda: show(own, gone)) == "evidence_of_the_plans_unit"


def test_a_document_stands_once_and_its_file_is_whole(cast):
    made = document(cast.officer, issued_on=date(2026, 2, 1))
    assert refusal(lambda: document(cast.colleague, issued_on=date(2026, 2, 1))) == "document_once"
    assert refusal(lambda: document(cast.officer, number="6/KH", sha256="0" * 64)) == "document_file_is_whole"
    made.abstract = "Triển khai thực hiện"
    made.save()
    assert made.revision == 2


def test_history_keeps_every_state(cast):
    from django.apps import apps

    made = plan(cast.officer)
    made.title = "Kế hoạch khác"
    made.save()
    events = apps.get_model("plans", "JointPlanEvent").objects.filter(pgh_obj_id=made.pk)
    assert list(events.order_by("pgh_id").values_list("title", flat=True)) == [
        "Kế hoạch phối hợp năm 2026", "Kế hoạch khác",
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        events.delete()
