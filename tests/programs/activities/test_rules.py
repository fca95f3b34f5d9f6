"""What the database itself refuses, whoever writes, and what it fills in."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.units.models import AdminUnit, ResidentialArea
from portal.units.text import fold
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.registry import kinds
from programs.awareness.models import AwarenessSession
from programs.coordination.models import CoordinationProgram
from programs.grassroots.models import Mediation
from tests.factories.activities import (
    DAY,
    assert_all_counted,
    commune,
    former_commune,
    new_mediation,
    new_session,
    saved,
)

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def refusal(write) -> str:
    """The constraint that refuses a write."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return caught.value.__cause__.diag.constraint_name


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"held_on": TOMORROW}, "activity_not_in_future"),
        ({"held_to": TOMORROW}, "activity_not_in_future"),
        ({"held_on": date(1999, 12, 31)}, "session_since_2000"),
        ({"held_to": DAY - timedelta(days=1)}, "session_days_in_order"),
        ({"held_to": date(2026, 11, 15)}, "session_inside_one_slot"),
        ({"session_count": 0}, "session_count_bounds"),
        ({"session_count": 1001}, "session_count_bounds"),
        ({"attendances": -1}, "session_attendances_bounds"),
        ({"attendances": 10_000_001}, "session_attendances_bounds"),
        ({"valuable_tips": -1}, "session_tips_bounds"),
        ({"valuable_tips": 100_001}, "session_tips_bounds"),
        ({"topics": ["weather"]}, "session_topics_known"),
        ({"form": "dance"}, "session_form_known"),
        ({"audience": "cats"}, "session_audience_known"),
        ({"title": ""}, "awarenesssession_has_title"),
        ({"deleted_at": timezone.now()}, "awarenesssession_deleted_with_reason"),
        ({"deletion_reason": "Trùng"}, "awarenesssession_deleted_with_reason"),
    ],
)
def test_a_session_that_cannot_be_is_refused(cast, fields, constraint):
    if fields.get("held_on") == date(1999, 12, 31):
        fields = {**fields, "programme": CoordinationProgram.objects.first(), "unit": _of_old_days()}
    assert refusal(lambda: new_session(cast.officer, **fields).save()) == constraint
    assert_all_counted()


def _of_old_days():
    return AdminUnit.objects.filter(valid_from__isnull=True, level="commune").first()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"received_on": TOMORROW}, "activity_not_in_future"),
        ({"concluded_on": TOMORROW, "outcome": "succeeded"}, "activity_not_in_future"),
        ({"concluded_on": DAY}, "mediation_concluded_iff_final"),
        ({"outcome": "succeeded"}, "mediation_concluded_iff_final"),
        ({"concluded_on": DAY - timedelta(days=1), "outcome": "failed"}, "mediation_days_in_order"),
        ({"case_count": 0}, "mediation_count_bounds"),
        ({"case_count": 10_001}, "mediation_count_bounds"),
        ({"dispute_kind": "football"}, "mediation_dispute_known"),
        ({"team": ["referee"]}, "mediation_team_known"),
    ],
)
def test_a_mediation_that_cannot_be_is_refused(cast, fields, constraint):
    assert refusal(lambda: new_mediation(cast.officer, **fields).save()) == constraint
    assert_all_counted()


def test_bounds_themselves_are_taken(cast):
    new_session(cast.officer, attendances=10_000_000, session_count=1000, valuable_tips=0).save()
    new_session(cast.officer, attendances=0, held_on=date(2026, 11, 1), held_to=date(2026, 11, 14)).save()
    new_session(cast.officer, held_on=timezone.localdate()).save()
    assert_all_counted()


def test_a_unit_that_did_not_exist_on_that_day_is_refused(cast):
    before_the_merger, refused = date(2025, 6, 30), "activity_unit_of_that_day"
    assert refusal(lambda: new_session(cast.officer, held_on=before_the_merger).save()) == refused
    row = saved(new_session(cast.officer))
    moved = AwarenessSession.objects.filter(pk=row.pk)
    assert refusal(lambda: moved.update(held_on=before_the_merger)) == refused
    old = former_commune()
    assert refusal(lambda: moved.update(unit=old)) == refused
    moved.update(unit=old, held_on=before_the_merger)
    assert_all_counted()


def test_a_day_without_any_programme_is_refused(cast):
    old = former_commune()
    assert CoordinationProgram.objects.local_to(old, date(2012, 3, 1)) is None
    write = lambda: AwarenessSession.objects.bulk_create(  # noqa: E731
        [new_session(cast.officer, unit=old, held_on=date(2012, 3, 1))]
    )
    assert refusal(write) in {"activity_programme_in_force", "activity_unit_of_that_day"}
    with pytest.raises(ValidationError, match=r"chưa có hoặc không còn|không có chương trình"):
        new_session(cast.officer, unit=old, held_on=date(2012, 3, 1)).clean()


def test_the_programme_in_force_is_filled_in_for_every_writer(cast):
    here = commune()
    own = CoordinationProgram.objects.create(
        number="01/CTrPH-CA-MTTQ", title="Chương trình của phường Thành Sen", level="commune", unit=here,
        signed_on=date(2026, 1, 5), starts_on=date(2026, 1, 5), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    national = CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    by_orm = saved(new_session(cast.officer))
    [in_bulk] = AwarenessSession.objects.bulk_create([new_session(cast.officer)])
    in_bulk.refresh_from_db()
    elsewhere = saved(new_session(cast.neighbour, unit=commune("18100")))
    earlier = saved(new_session(cast.officer, held_on=date(2025, 12, 31)))
    assert by_orm.programme == in_bulk.programme == own
    assert elsewhere.programme == earlier.programme == national


def test_sql_alone_makes_a_whole_record(cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO awareness_awarenesssession (unit_id, side, title,"
            " logged_by_id, held_on, form, topics)"
            " VALUES (%s, 'front', 'Phát thanh trên loa', %s, '2026-11-02', 'loudspeaker', '{law}')"
            " RETURNING id",
            [commune().pk, cast.officer.pk],
        )
        [pk] = cursor.fetchone()
    row = AwarenessSession.objects.get(pk=pk)
    assert (row.session_count, row.attendances, row.revision, row.is_live) == (1, None, 1, True)
    assert row.programme.number == "07/CTrPH-BCA-MTTW" and row.client_token
    assert_all_counted()


def test_ids_are_shared_by_all_kinds(cast):
    ids = [
        saved(new_session(cast.officer)).pk,
        saved(new_mediation(cast.officer)).pk,
        *(row.pk for row in Mediation.objects.bulk_create([new_mediation(cast.officer) for _ in range(3)])),
        saved(new_session(cast.officer)).pk,
    ]
    assert ids == sorted(set(ids)) and None not in ids
    assert set(ActivityEntry.objects.values_list("pk", flat=True)) == set(ids)


def test_revision_grows_with_every_update_whoever_writes(cast):
    row = saved(new_session(cast.officer))
    row.attendances = 90
    row.save()
    assert row.revision == 2
    AwarenessSession.objects.filter(pk=row.pk).update(attendances=91, revision=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE awareness_awarenesssession SET attendances = 92 WHERE id = %s", [row.pk])
    row.refresh_from_db()
    assert row.revision == 4


def test_an_activity_keeps_its_id(cast):
    row = saved(new_session(cast.officer))
    change = lambda: AwarenessSession.objects.filter(pk=row.pk).update(id=row.pk + 1000)  # noqa: E731
    assert refusal(change) == "activity_keeps_its_id"


def test_only_areas_of_the_commune_that_day_are_taken(cast):
    here, there = commune(), commune("18100")
    own = ResidentialArea.objects.create(unit=here, kind="Tổ dân phố", name="Hòa Bình")
    foreign = ResidentialArea.objects.create(unit=there, kind="Tổ dân phố", name="Đông Tiến")
    gone = ResidentialArea.objects.create(
        unit=here, kind="Tổ dân phố", name="Số 9", valid_from=date(2025, 7, 1), valid_to=date(2026, 10, 31)
    )
    row = saved(new_session(cast.officer))
    EntryArea.objects.create(entry_id=row.pk, area=own)
    for area in (foreign, gone):
        write = lambda area=area: EntryArea.objects.create(entry_id=row.pk, area=area)  # noqa: E731
        assert refusal(write) == "entry_area_of_that_unit"
    moved = AwarenessSession.objects.filter(pk=row.pk)
    assert refusal(lambda: moved.update(unit=there)) == "entry_area_of_that_unit"
    EntryArea.objects.all().delete()
    moved.update(unit=there)
    EntryArea.objects.create(entry_id=row.pk, area=foreign)
    moved.delete()
    assert not EntryArea.objects.exists()


def test_sql_folds_text_as_python_does():
    """The search key of an entry is made by SQL; searches fold in Python."""
    texts = [
        "Hoà giải  ĐẤT đai",
        "THÁI HÒA",
        "Xã Ia Đăk, Đắk Lắk",
        "Phường Hoá An\t(cũ)",
        "ẮẰẲẴẶ ẤẦẨẪẬ ỨỪỬỮỰ Ỹ",
    ]
    texts += [unit.full_name for unit in AdminUnit.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, fold_text(t) FROM unnest(%s::text[]) t", [texts])
        assert {text: folded for text, folded in cursor.fetchall()} == {text: fold(text) for text in texts}


def test_entries_are_found_by_words_without_marks(cast):
    row = saved(new_session(cast.officer, title="Phát tờ rơi ở chợ Hoà Bình, Đường Nguyễn Du"))
    saved(new_session(cast.officer, title="Họp tổ dân phố"))
    found = ActivityEntry.objects.search("  DUONG hòa bình ")
    assert [entry.pk for entry in found] == [row.pk]
    assert found.get().activity() == row


def test_history_of_insert_update_and_delete_is_kept_and_cannot_be_changed(cast):
    row = saved(new_session(cast.officer))
    row.attendances = 130
    row.save()
    pk = row.pk
    row.delete()
    events = AwarenessSession.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update", "delete"]
    assert [event.attendances for event in events] == [120, 130, 130]
    table = AwarenessSession.pgh_event_model._meta.db_table
    for statement in (f"UPDATE {table} SET attendances = 1", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pgtrigger.ignore(), pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement)


def test_no_switch_turns_the_tally_off(cast):
    """pgtrigger.ignore() silences history and nothing of the log: its triggers do not ask."""
    with pgtrigger.ignore():
        row = saved(new_session(cast.officer))
        AwarenessSession.objects.filter(pk=row.pk).update(attendances=77)
        assert refusal(lambda: new_session(cast.officer, held_on=TOMORROW).save()) == "activity_not_in_future"
    assert_all_counted()
    names = [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if trigger.name.startswith("log_")
    ]
    assert len(names) == 5 * len(kinds())
    with pgtrigger.ignore(*names):
        row.delete()
    assert_all_counted()


# The one function of the database that takes a secret out of a frozen text; figures it cannot touch.
TAKEDOWN = "reports/migrations/0004_redactions.py:"


def test_no_code_of_the_portal_ignores_triggers():
    root = Path(__file__).resolve().parents[3]
    found = subprocess.run(
        ["git", "grep", "-nE", r"pgtrigger\.ignore\(|DISABLE TRIGGER|session_replication_role", "--", "*.py"],
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    lines = [
        line for line in found.stdout.splitlines() if not line.startswith(("tests/", "bench/", TAKEDOWN))
    ]
    assert lines == []


def test_history_is_written_by_the_statement(cast):
    """Row by row, pghistory rolls back a subtransaction for each: 13,000 rows took 21 s, not 0.2."""
    tables = [kind.table for kind in kinds()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype & 1 FROM pg_trigger"
            " WHERE tgrelid = ANY(%s::regclass[]) AND tgname ~ '(insert_insert|update_update|delete_delete)'",
            [tables],
        )
        by_row = dict(cursor.fetchall())
    assert len(by_row) == 3 * len(kinds()) and not any(by_row.values())
    AwarenessSession.objects.bulk_create([new_session(cast.officer) for _ in range(20)])
    AwarenessSession.objects.update(attendances=7)
    assert AwarenessSession.pgh_event_model.objects.filter(attendances=7).count() == 20
