"""Writing the log as pages do: once, by those who may, with conflicts told and history signed."""

import unicodedata
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.accounts.choices import Side
from portal.units.models import ResidentialArea
from programs.activities import actions
from programs.activities.errors import ActivityDeleted, EditConflict, LogError, TokenReused
from programs.activities.models import EntryArea
from programs.awareness.models import SESSIONS, AwarenessSession
from programs.coordination.models import CoordinationProgram
from programs.grassroots.models import MEDIATIONS, Mediation
from tests.factories.activities import (
    DAY,
    assert_all_counted,
    commune,
    former_commune,
    mediation_fields,
    session_fields,
)
from tests.factories.user import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(cast):
    return actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=uuid4())[0]


def area(name, code="18073", **fields):
    return ResidentialArea.objects.create(unit=commune(code), kind="Tổ dân phố", name=name, **fields)


def areas_of(row):
    return {line.area.name for line in EntryArea.objects.filter(entry_id=row.pk)}


def test_the_same_post_twice_is_one_record(cast):
    token, data = uuid4(), session_fields(areas=[area("Hòa Bình"), area("Đông Quế")])
    first, created = actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=token)
    again = {**data, "areas": data["areas"][::-1], "topics": data["topics"][::-1]}
    second, created_again = actions.log_activity(kind=SESSIONS, data=again, by=cast.officer, token=token)
    assert (first, created, created_again) == (second, True, False)
    assert areas_of(first) == {"Hòa Bình", "Đông Quế"}
    assert_all_counted()


def test_the_same_post_after_an_edit_is_still_the_same_record(cast):
    token, data = uuid4(), session_fields()
    row, _ = actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=token)
    actions.change_activity(activity=row, data={"attendances": 90}, expected_revision=1, by=cast.officer)
    again, created = actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=token)
    assert (again.pk, created, again.attendances) == (row.pk, False, 90)


@pytest.mark.parametrize(
    "other", [{"attendances": 121}, {"title": "Khác"}, {"held_to": DAY}, {"topics": ["law"]}]
)
def test_the_same_token_with_other_content_is_refused(cast, other):
    token = uuid4()
    row, _ = actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=token)
    with pytest.raises(TokenReused) as caught:
        actions.log_activity(kind=SESSIONS, data=session_fields(**other), by=cast.officer, token=token)
    assert caught.value.activity == row and "nội dung khác" in caught.value.message
    assert AwarenessSession.objects.count() == 1


def test_a_token_belongs_to_its_user(cast):
    token = uuid4()
    for by in (cast.officer, cast.colleague):
        assert actions.log_activity(kind=SESSIONS, data=session_fields(), by=by, token=token)[1]
    assert AwarenessSession.objects.count() == 2


def test_composed_and_decomposed_letters_are_the_same_content(cast):
    token, data = uuid4(), session_fields(title="Đốt pháo ở Hoà Hải")
    row, _ = actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=token)
    apart = {**data, "title": unicodedata.normalize("NFD", data["title"])}
    assert not actions.log_activity(kind=SESSIONS, data=apart, by=cast.officer, token=token)[1]
    row.refresh_from_db()
    assert row.title == "Đốt pháo ở Hoà Hải"


def test_the_side_is_that_of_who_logs(cast):
    by_police = actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=uuid4())[0]
    by_front = actions.log_activity(
        kind=MEDIATIONS, data=mediation_fields(), by=cast.colleague, token=uuid4()
    )[0]
    assert (by_police.side, by_front.side) == (Side.POLICE, Side.FRONT)
    assert by_front.programme.number == "07/CTrPH-BCA-MTTW" and by_front.pk > by_police.pk


def test_who_serves_on_both_sides_may_choose(cast):
    both = make_officer(commune(), side=Side.FRONT, user=make_officer(commune(), side=Side.POLICE))
    row, _ = actions.log_activity(kind=SESSIONS, data=session_fields(side=Side.FRONT), by=both, token=uuid4())
    assert row.side == Side.FRONT
    with pytest.raises(PermissionDenied):
        actions.log_activity(kind=SESSIONS, data=session_fields(side=Side.MEMBER), by=both, token=uuid4())


@pytest.mark.parametrize(
    "stranger", ["neighbour", "province", "other_province", "province_admin", "national", "admin"]
)
def test_strangers_cannot_write(cast, logged, stranger):
    by = getattr(cast, stranger)
    with pytest.raises(PermissionDenied):
        actions.log_activity(kind=SESSIONS, data=session_fields(), by=by, token=uuid4())
    with pytest.raises(PermissionDenied):
        actions.change_activity(activity=logged, data={"attendances": 1}, expected_revision=1, by=by)
    with pytest.raises(PermissionDenied):
        actions.delete_activity(activity=logged, reason="Trùng", by=by)
    actions.delete_activity(activity=logged, reason="Trùng", by=cast.officer)
    with pytest.raises(PermissionDenied):
        actions.restore_activity(activity=logged, by=by)
    assert AwarenessSession.objects.get().attendances == 120


def test_an_activity_cannot_be_moved_to_a_unit_of_others(cast, logged):
    with pytest.raises(PermissionDenied):
        actions.change_activity(
            activity=logged, data={"unit": commune("18100")}, expected_revision=1, by=cast.officer
        )


def test_activities_of_the_former_commune_are_logged_by_todays_officer(cast):
    old = former_commune()
    data = session_fields(unit=old, held_on=date(2025, 6, 12))
    row, _ = actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=uuid4())
    assert row.unit == old
    assert_all_counted()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"held_on": timezone.localdate() + timedelta(days=1)}, "held_on"),
        ({"held_to": date(2026, 11, 20)}, "held_to"),
        ({"held_on": date(2025, 6, 30)}, "held_on"),
        ({"held_on": date(2012, 6, 30)}, "held_on"),
    ],
)
def test_what_cannot_be_is_said_in_vietnamese_beside_its_field(cast, data, field):
    with pytest.raises(ValidationError) as caught:
        actions.log_activity(kind=SESSIONS, data=session_fields(**data), by=cast.officer, token=uuid4())
    [message] = caught.value.message_dict[field]
    assert any(letter in message for letter in "ốươàộ")
    assert not AwarenessSession.objects.exists()


def test_areas_of_another_commune_or_time_are_refused_by_name(cast):
    gone = area("Số 9", valid_from=date(2025, 7, 1), valid_to=date(2026, 9, 30))
    data = session_fields(areas=[area("Hòa Bình"), area("Tân Quý", "18100"), gone])
    with pytest.raises(ValidationError) as caught:
        actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=uuid4())
    [message] = caught.value.message_dict["areas"]
    assert "Tân Quý" in message and "Số 9" in message and "Hòa Bình" not in message


def test_a_change_is_counted_and_signed(cast, logged):
    changed = actions.change_activity(
        activity=logged, data={"attendances": 150}, expected_revision=logged.revision, by=cast.leader
    )
    assert (changed.attendances, changed.revision) == (150, 2)
    first, second = SESSIONS.event_model.objects.order_by("pgh_id").select_related("pgh_context")
    assert first.pgh_context.metadata == {"user": cast.officer.pk, "verb": "log"}
    assert second.pgh_context.metadata == {"user": cast.leader.pk, "verb": "change"}
    assert (first.attendances, second.attendances) == (120, 150)
    assert_all_counted()


def test_a_stale_edit_is_refused_with_the_current_values(cast, logged):
    actions.change_activity(
        activity=logged, data={"attendances": 150}, expected_revision=1, by=cast.colleague
    )
    with pytest.raises(EditConflict) as caught:
        actions.change_activity(
            activity=logged, data={"attendances": 99}, expected_revision=1, by=cast.officer
        )
    assert caught.value.values["attendances"] == 150 and caught.value.current.revision == 2
    with pytest.raises(EditConflict):
        actions.delete_activity(activity=logged, reason="Trùng", by=cast.officer, expected_revision=1)


def test_areas_stay_unless_named_and_must_fit_the_new_day(cast, logged):
    early = area("Số 9", valid_from=date(2025, 7, 1), valid_to=date(2026, 11, 10))
    change = {"activity": logged, "by": cast.officer}
    actions.change_activity(data={"areas": [early]}, expected_revision=1, **change)
    row = actions.change_activity(data={"attendances": 5}, expected_revision=2, **change)
    assert areas_of(row) == {"Số 9"}
    with pytest.raises(ValidationError, match="Số 9"):
        actions.change_activity(
            data={"held_on": date(2026, 11, 12)}, expected_revision=row.revision, **change
        )
    row = actions.change_activity(
        data={"held_on": date(2026, 11, 12), "areas": [area("Hòa Bình")]},
        expected_revision=row.revision,
        **change,
    )
    assert areas_of(row) == {"Hòa Bình"}
    row = actions.change_activity(data={"areas": []}, expected_revision=row.revision, **change)
    assert areas_of(row) == set()
    assert_all_counted()


def test_a_new_day_brings_the_programme_in_force_then(cast):
    later = CoordinationProgram.objects.create(
        number="20/CTrPH", title="Chương trình của phường", level="commune", unit=commune(),
        signed_on=date(2026, 11, 1), starts_on=date(2026, 11, 1),
    )  # fmt: skip
    row, _ = actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=uuid4())
    assert row.programme == later
    row = actions.change_activity(
        activity=row, data={"held_on": date(2026, 10, 20)}, expected_revision=1, by=cast.officer
    )
    assert row.programme.number == "07/CTrPH-BCA-MTTW"
    row = actions.change_activity(
        activity=row, data={"held_on": DAY, "programme": row.programme}, expected_revision=2, by=cast.officer
    )
    assert row.programme != later
    assert_all_counted()


def test_delete_needs_a_reason_and_restore_brings_back(cast, logged):
    for reason in ("", "   ", None):
        with pytest.raises(ValidationError, match="lý do"):
            actions.delete_activity(activity=logged, reason=reason, by=cast.officer)
    gone = actions.delete_activity(
        activity=logged, reason=" Ghi trùng ", by=cast.officer, expected_revision=1
    )
    assert (gone.is_live, gone.deletion_reason, gone.deleted_by) == (False, "Ghi trùng", cast.officer)
    assert_all_counted()
    with pytest.raises(ActivityDeleted):
        actions.change_activity(activity=gone, data={"attendances": 1}, expected_revision=2, by=cast.officer)
    with pytest.raises(ActivityDeleted):
        actions.delete_activity(activity=gone, reason="Lần nữa", by=cast.officer)
    back = actions.restore_activity(activity=gone, by=cast.leader)
    assert back.is_live and back.deletion_reason == "" and back.attendances == 120
    with pytest.raises(LogError, match="chưa bị xóa"):
        actions.restore_activity(activity=back, by=cast.leader)
    verbs = [event.pgh_context.metadata["verb"] for event in SESSIONS.event_model.objects.order_by("pgh_id")]
    assert verbs == ["log", "delete", "restore"]
    assert_all_counted()


def test_a_case_is_settled_by_a_change(cast):
    case, _ = actions.log_activity(kind=MEDIATIONS, data=mediation_fields(), by=cast.colleague, token=uuid4())
    settled = {"outcome": "succeeded", "concluded_on": date(2026, 11, 18)}
    case = actions.change_activity(activity=case, data=settled, expected_revision=1, by=cast.colleague)
    assert case.is_final and Mediation.objects.get().outcome == "succeeded"
    assert_all_counted()


def test_logging_takes_a_bounded_number_of_queries(cast, django_assert_max_num_queries):
    data = session_fields(areas=[area(f"Số {n}") for n in range(1, 12)])
    with django_assert_max_num_queries(14):
        actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=uuid4())
