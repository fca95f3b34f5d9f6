"""The tally is right whoever writes: ORM, bulk, queryset, SQL; after moves, deletes, restores, TRUNCATE."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.activities.models import ActivityEntry, Tally
from programs.activities.slots import slot_of
from programs.awareness.models import AwarenessSession
from programs.coordination.models import CoordinationProgram
from programs.grassroots.models import Mediation
from tests.factories.activities import (
    DAY,
    added_up,
    assert_all_counted,
    commune,
    new_mediation,
    new_session,
    saved,
    tallied,
)

pytestmark = pytest.mark.django_db


def cell(day=DAY, unit=None, programme=None) -> Tally:
    cells = Tally.objects.filter(unit=unit or commune(), slot=slot_of(day))
    return cells.get(programme=programme) if programme else cells.get()


def test_a_save_is_counted_at_once(cast):
    saved(new_session(cast.officer, session_count=3, attendances=450, valuable_tips=4))
    saved(new_session(cast.officer, attendances=50))
    counted = cell()
    assert (counted.sessions, counted.session_attendances, counted.session_tips) == (4, 500, 6)
    assert_all_counted()


def test_unknown_is_not_zero_and_adds_nothing(cast):
    saved(new_session(cast.officer, attendances=None, valuable_tips=None))
    counted = cell()
    assert (counted.sessions, counted.session_attendances, counted.session_tips) == (1, 0, 0)
    row = AwarenessSession.objects.get()
    assert row.attendances is None
    AwarenessSession.objects.update(attendances=40)
    AwarenessSession.objects.update(attendances=None)
    assert_all_counted()


def test_a_case_of_march_settled_in_april_changes_april_alone(cast):
    march, april = date(2026, 3, 3), date(2026, 4, 20)
    case = saved(new_mediation(cast.officer, received_on=march, case_count=2))
    before = cell(march)
    case.concluded_on, case.outcome = april, "succeeded"
    case.save()
    assert cell(march).mediations_received == before.mediations_received == 2
    assert cell(march).mediations_concluded == 0
    settled = cell(april)
    assert (settled.mediations_received, settled.mediations_concluded, settled.mediations_succeeded) == (
        0,
        2,
        2,
    )
    case.outcome = "transferred"
    case.save()
    settled = cell(april)
    assert (settled.mediations_succeeded, settled.mediations_transferred) == (0, 2)
    assert_all_counted()


def test_bulk_writes_are_counted_by_the_statement(cast):
    rows = AwarenessSession.objects.bulk_create(
        [
            new_session(cast.officer, unit=commune(code), held_on=date(2026, month, 10), attendances=month)
            for code in ("18073", "18100")
            for month in range(1, 12)
        ]
    )
    assert_all_counted()
    for row in rows:
        row.attendances, row.held_on = 1000, date(2026, 5, 20)
    AwarenessSession.objects.bulk_update(rows, ["attendances", "held_on"])
    assert cell(date(2026, 5, 20)).session_attendances == 11_000
    assert_all_counted()
    AwarenessSession.objects.filter(unit=commune("18100")).update(unit=commune(), session_count=2)
    assert cell(date(2026, 5, 20)).sessions == 33
    assert_all_counted()
    AwarenessSession.objects.filter(pk__in=[row.pk for row in rows[:7]]).delete()
    assert_all_counted()


def test_upserts_are_counted(cast):
    row = saved(new_session(cast.officer, attendances=10))
    again = new_session(cast.officer, attendances=99)
    again.pk, again.client_token = row.pk, row.client_token
    AwarenessSession.objects.bulk_create(
        [again],
        update_conflicts=True,
        unique_fields=["logged_by", "client_token"],
        update_fields=["attendances"],
    )
    assert cell().session_attendances == 99
    AwarenessSession.objects.bulk_create([again], ignore_conflicts=True)
    assert_all_counted()


def test_plain_sql_is_counted(cast):
    saved(new_session(cast.officer))
    saved(new_session(cast.officer, held_on=date(2026, 10, 20)))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE awareness_awarenesssession SET session_count = session_count + 4, attendances = NULL"
        )
        assert_all_counted()
        cursor.execute(
            "WITH gone AS (DELETE FROM awareness_awarenesssession WHERE held_on < '2026-11-01' RETURNING *)"
            " INSERT INTO grassroots_mediation"
            " (unit_id, side, title, logged_by_id, dispute_kind, received_on, team)"
            " SELECT unit_id, side, title, logged_by_id, 'other', held_on, '{}' FROM gone"
        )
    assert cell(date(2026, 10, 20)).mediations_received == 1
    assert_all_counted()


def test_a_statement_that_fails_counts_nothing(cast):
    saved(new_session(cast.officer))
    before = tallied()
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(new_session(cast.officer))
        saved(new_session(cast.officer, attendances=-1))
    assert tallied() == before
    assert_all_counted()


def test_moving_between_programmes_moves_the_count(cast):
    row = saved(new_session(cast.officer))
    own = CoordinationProgram.objects.create(
        number="15/CTrPH", title="Chương trình của tỉnh", level="province", unit=commune().parent,
        signed_on=date(2026, 2, 1), starts_on=date(2026, 2, 1),
    )  # fmt: skip
    assert cell().programme != own
    national = row.programme
    row.programme = own
    row.save()
    assert cell(programme=own).sessions == 1 and cell(programme=national).sessions == 0
    assert_all_counted()


def test_delete_and_restore_move_the_count_both_ways(cast):
    row = saved(new_session(cast.officer))
    gone = {"deleted_at": timezone.now(), "deleted_by": cast.leader, "deletion_reason": "Ghi trùng"}
    AwarenessSession.objects.filter(pk=row.pk).update(**gone)
    assert cell().sessions == 0 and not ActivityEntry.objects.live().exists()
    assert AwarenessSession.objects.trash().get() == row
    assert_all_counted()
    AwarenessSession.objects.filter(pk=row.pk).update(held_on=date(2026, 9, 1))
    assert_all_counted()
    AwarenessSession.objects.filter(pk=row.pk).update(deleted_at=None, deleted_by=None, deletion_reason="")
    assert cell(date(2026, 9, 1)).sessions == 1
    assert_all_counted()


def test_truncate_empties_what_the_kind_counted_and_no_more(cast):
    saved(new_session(cast.officer))
    saved(new_mediation(cast.officer, concluded_on=DAY, outcome="failed"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # the foreign keys of this transaction, else they wait
        cursor.execute("TRUNCATE awareness_awarenesssession")
    counted = cell()
    assert (counted.sessions, counted.mediations_received, counted.mediations_failed) == (0, 1, 1)
    assert ActivityEntry.objects.get().kind == "hoa-giai"
    assert_all_counted()


def test_verify_finds_what_differs_and_rebuild_mends_it(cast, capsys):
    saved(new_session(cast.officer))
    saved(new_mediation(cast.officer))
    call_command("verify_tallies")
    assert "0 differences" in capsys.readouterr().out
    Tally.objects.update(sessions=7, mediations_failed=3)
    ActivityEntry.objects.filter(kind="hoa-giai").update(title="Khác")
    with pytest.raises(CommandError) as caught:
        call_command("verify_tallies")
    assert caught.value.returncode == 1
    out = capsys.readouterr().out
    assert "sessions: tally 7, rows 1" in out and "mediations_failed: tally 3, rows 0" in out
    assert "01/11/2026-14/11/2026" in out and "3 differences" in out
    call_command("rebuild_tallies", "tuyen-truyen")
    assert (cell().sessions, cell().mediations_failed) == (1, 3)
    call_command("rebuild_tallies")
    assert tallied() == added_up()


def test_verify_finds_a_cell_that_is_missing(cast):
    saved(new_session(cast.officer))
    Tally.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("verify_tallies")
    call_command("rebuild_tallies")
    assert_all_counted()


def test_rebuild_refuses_a_kind_that_does_not_exist(cast):
    with pytest.raises(CommandError, match="There is no kind"):
        call_command("rebuild_tallies", "bong-da")


# Any sequence of operations: what to do, on which of the rows there are, with which place and amount.
places = st.tuples(st.sampled_from(["18073", "18100"]), st.dates(date(2026, 9, 20), date(2026, 11, 20)))
amounts = st.one_of(st.none(), st.integers(0, 500))
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["log", "bulk", "move", "amount", "trash", "restore", "erase", "settle", "sql", "programme"]
        ),
        st.integers(0, 50),
        places,
        amounts,
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_sequence_of_writes_leaves_the_tally_right(cast, steps):
    with transaction.atomic():
        for step, which, (code, day), amount in steps:
            _do(cast, step, which, commune(code), day, amount)
            assert tallied() == added_up(), step
        assert_all_counted()
        transaction.set_rollback(True)


def _do(cast, step, which, unit, day, amount):
    model, new = [(AwarenessSession, new_session), (Mediation, new_mediation)][which % 2]
    date_field = "held_on" if model is AwarenessSession else "received_on"
    rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
    one = model.objects.filter(pk=rows[which % len(rows)]) if rows else model.objects.none()
    if step == "log":
        saved(new(cast.officer, unit=unit, **{date_field: day}))
    elif step == "bulk":
        model.objects.bulk_create(
            [new(cast.officer, unit=unit, **{date_field: day}) for _ in range(which % 4 + 1)]
        )
    elif step == "move" and model is AwarenessSession:
        one.update(unit=unit, held_on=day)
    elif step == "move":
        one.update(unit=unit, received_on=day, concluded_on=None, outcome="pending")
    elif step == "amount":
        AwarenessSession.objects.filter(held_on__gte=day).update(attendances=amount, valuable_tips=amount)
    elif step == "trash":
        one.update(deleted_at=timezone.now(), deleted_by=cast.leader, deletion_reason="Ghi trùng")
    elif step == "restore":
        model.objects.filter(unit=unit).update(deleted_at=None, deleted_by=None, deletion_reason="")
    elif step == "erase":
        one.delete()
    elif step == "settle":
        outcome = ["succeeded", "failed", "transferred"][which % 3]
        Mediation.objects.filter(received_on__lte=day).update(concluded_on=day, outcome=outcome)
    elif step == "programme":
        one.update(programme=CoordinationProgram.objects.earliest("signed_on"))
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET unit_id = %s WHERE id %% 2 = 0", [unit.pk])
