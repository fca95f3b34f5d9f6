"""A secret typed into the registry, plans or catalogues is taken down: afterwards it is nowhere."""

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from models_registry import actions as registry_actions
from models_registry.models import (
    ModelAppraisal,
    ModelType,
    ReintegrationLoan,
    SafetyCertification,
    StatusStep,
)
from portal.secrecy.erasing import MARK
from portal.secrecy.takedown import take_down
from portal.secrecy.takedown_forms import TakedownForm
from portal.secrecy.tombstone_list import line_of
from portal.secrecy.tombstones import Takedown
from programs.attachments import storage
from programs.partners.models import LinkedMovement, Partner
from programs.plans import actions
from programs.plans.models import GuidingDocument, JointPlan
from tests.factories import files, plans, registry
from tests.factories.user import commune
from tests.reports.test_takedown import logged, places_with, target_of

SECRET = "kho súng ở hẻm Cây Bàng"
FOLDED = "kho sung o hem cay bang"
DAY = date(2026, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TAKEDOWN_LIST = str(tmp_path / "takedowns.jsonl")


def said_in_plans(cast):
    """The secret in every text of what is done about a programme, deleted parts and reasons among them."""
    by = {"logged_by": cast.officer}
    of = plans.programme("02/CTrPH", note=SECRET)
    of.title = f"Chương trình {SECRET}"
    of.save()
    of.parties.create(side="front", name=f"Mặt trận {SECRET}")
    of.stages.create(name=f"Giai đoạn {SECRET}"[:100], starts_on=DAY, ends_on=DAY)
    plan = plans.plan(
        cast.officer, of=of, title=f"Kế hoạch {SECRET}", issuers=SECRET, aim=SECRET, number=SECRET
    )
    plans.target(plan, note=SECRET)
    task = plans.task(plan, what=f"Tuần tra {SECRET}", who=SECRET, result=SECRET)
    actions.delete_part(row=task, reason=f"Nhầm {SECRET}", by=cast.officer)
    plans.meeting(cast.officer, of, title=SECRET, place=SECRET, chairs=SECRET, outcome=SECRET, source=SECRET)
    ceremony = plans.ceremony(cast.officer, of, title=SECRET, note=SECRET)
    for name in (f"Văn bản {SECRET}", f"Quy chế {SECRET}"):
        agreement = ceremony.agreements.create(title=name, number=SECRET, **by)
        agreement.signatories.create(organisation=SECRET, office=SECRET)
    actions.delete_part(row=agreement, reason="Nhầm", by=cast.officer)
    document = GuidingDocument.objects.create(
        programme=of, unit=commune(), kind="plan", number=SECRET, other_numbers=SECRET, issuer=SECRET,
        abstract=f"V/v {SECRET}", **by,
    )  # fmt: skip
    actions.remove_row(row=document, reason=f"Nhầm {SECRET}", by=cast.officer)
    return plan


def said_in_the_registry(cast):
    by = {"logged_by": cast.officer}
    model = registry.new_model(cast.officer, name=f"Camera {SECRET}", description=SECRET)
    registry_actions.take_step(
        model=model, status="weak", on=DAY, reason=SECRET, by=cast.officer, token=uuid4(), evidence=SECRET
    )
    ModelAppraisal.objects.create(model=model, year=2026, effect="good", note=SECRET, **by)
    loan = {"unit": commune(), "stage": "eligible", "people": 3, **by}
    ReintegrationLoan.objects.create(as_of=DAY, source=SECRET, **loan)
    for name in ("Trường", "Xưởng"):
        SafetyCertification.objects.create(
            unit=commune(), kind="firm", subject_name=f"{name} {SECRET}", year=2026, registered_on=DAY, **by
        )
    return model


def said_in_catalogues():
    for name in (SECRET, f"Hội {SECRET}"):
        Partner.objects.create(name=name, kind="other", unit=commune())
    Partner.objects.create(name=f"Đội {SECRET}", kind="other")
    LinkedMovement.objects.create(name=f"Phong trào {SECRET}")
    ModelType.objects.create(name=f"Loại {SECRET}", aliases=["Tên cũ", f"Gọi là {SECRET}"])


def taken_down(cast, target):
    return take_down(target=target, ground="state_secret", by=cast.admin, token=uuid4())


def test_typed_words_are_nowhere_afterwards(cast):
    plan, model = said_in_plans(cast), said_in_the_registry(cast)
    said_in_catalogues()
    LogEntry.objects.create(
        user=cast.admin, object_repr=f"Đội {SECRET}", action_flag=ADDITION,
        change_message=json.dumps([{"added": {"name": "bên ký", "object": SECRET}}]),
    )  # fmt: skip
    revisions = plan.revision, model.revision
    before = places_with(SECRET, FOLDED)
    assert {"plans_jointplanevent.number_key", "models_registry_modeltypeevent.aliases"} < set(before)
    assert {"pghistory_context.metadata", "models_registry_statusstep.reason"} < set(before)

    taken_down(cast, target_of("activity", logged(cast).pk, words=(SECRET,)))

    assert places_with(SECRET, FOLDED) == []
    plan.refresh_from_db(), model.refresh_from_db()
    assert plan.title == f"Kế hoạch {MARK}" and plan.search_key == "ke hoach [noi dung da go]"
    assert (plan.revision, model.revision) == (revisions[0] + 1, revisions[1] + 1)  # open forms are overtaken
    assert ModelType.objects.get(name__startswith="Loại").aliases == ["Tên cũ", f"Gọi là {MARK}"]
    assert StatusStep.objects.filter(model=model).latest("on").status == "weak"
    assert ReintegrationLoan.objects.get().people == 3
    assert Partner.objects.filter(name__contains=MARK, unit=commune()).count() == 2  # still told apart


def test_a_sentence_that_names_a_catalogue_leaves_it_alone(cast):
    """Typed words reach catalogues and rows of the country; what a record merely says does not."""
    name = "Camera với an ninh trật tự ở khu dân cư"
    kept = ModelType.objects.create(name=name)
    own = registry.new_model(cast.officer, name=name)
    record = logged(cast)
    type(record).objects.filter(pk=record.pk).update(title=name)
    taken_down(cast, target_of("activity", record.pk))
    kept.refresh_from_db(), own.refresh_from_db()
    assert (kept.name, own.name) == (name, MARK)


@pytest.mark.parametrize("place", ["plan", "model"])
def test_a_record_is_taken_down_as_a_whole_with_its_parts(cast, place):
    row = {"plan": said_in_plans, "model": said_in_the_registry}[place](cast)
    form = TakedownForm({"address": row.get_absolute_url(), "ground": "personal", "token": str(uuid4())})
    assert form.is_valid(), form.errors
    assert SECRET not in form.target.found.name
    taken_down(cast, form.target)
    tables = {
        "plan": ("jointplan", "plantask", "target"),
        "model": ("selfmanaged", "statusstep", "appraisal"),
    }
    assert [each for each in places_with(SECRET, FOLDED) if any(t in each for t in tables[place])] == []
    row.refresh_from_db()
    assert str(row).endswith(MARK)


def test_a_document_goes_with_its_file(cast, django_capture_on_commit_callbacks):
    data = files.pdf(SECRET)
    document = GuidingDocument.objects.create(
        programme=plans.national(), unit=commune(), kind="plan", issuer="Công an phường", abstract=SECRET,
        file_name=f"{SECRET}.pdf", file_kind="pdf", sha256=storage.put(data), size=len(data),
        logged_by=cast.officer,
    )  # fmt: skip
    sha256 = document.sha256
    with django_capture_on_commit_callbacks(execute=True):
        taken_down(cast, target_of("document", document.pk))
    document.refresh_from_db()
    assert (document.sha256, document.file_name, document.abstract) == ("", "", MARK)
    assert not storage.exists(sha256) and places_with(SECRET, FOLDED) == []


def test_a_restored_backup_is_cleared_of_the_same_rows(cast, settings):
    said_in_plans(cast), said_in_the_registry(cast), said_in_catalogues()
    record = logged(cast)
    with transaction.atomic():
        made = taken_down(cast, target_of("activity", record.pk, words=(SECRET,)))
        line = line_of(Takedown.objects.select_related("by").get(pk=made.pk))
        transaction.set_rollback(True)  # the database is as the backup has it
    assert SECRET not in json.dumps(line, ensure_ascii=False) and places_with(SECRET)
    Path(settings.TAKEDOWN_LIST).write_text(json.dumps(line) + "\n")
    call_command("reapply_takedowns")
    assert places_with(SECRET, FOLDED) == [] and JointPlan.objects.get().title == MARK


def test_keys_are_emptied_in_histories_alone(cast):
    made = Takedown.objects.create(
        place="plan", subject=1, unit=commune(), ground="personal", role="x", by=cast.admin
    )
    sql = "SELECT secrecy_erase(%s, %s, 'id', '{1}', '{search_key}', %s::text[], %s)"
    for table, words, mark in [
        ("plans_jointplan", None, ""),
        ("plans_jointplanevent", None, MARK),
        ("plans_jointplanevent", ["x"], MARK),
        ("plans_jointplanevent", ["x"], ""),
        ("plans_jointplanevent", None, "x"),
    ]:
        said = "holds no text" if mark == MARK or (words is None and not mark) else "its mark alone"
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            connection.cursor().execute(sql, [made.pk, table, words, mark])
