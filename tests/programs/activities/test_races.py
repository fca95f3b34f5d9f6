"""Many writers at once, on real connections: nothing is lost, nothing is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F

from portal.units.models import ResidentialArea
from programs.activities import actions, tally
from programs.activities.errors import TokenReused
from programs.activities.models import EntryArea, Tally
from programs.activities.transactions import retry_on_deadlock, snapshot
from programs.awareness.models import SESSIONS, AwarenessSession
from programs.grassroots.models import Mediation
from tests.factories.activities import (
    assert_all_counted,
    commune,
    new_mediation,
    new_session,
    saved,
    session_fields,
)
from tests.factories.cast import make_cast

WRITERS = 8
MONTHS = [date(2026, month, 3) for month in range(1, 11)]


def all_at_once(*tasks) -> list:
    """Run the tasks in threads that start together; each closes its connection. Results, or errors raised."""
    start = Barrier(len(tasks))

    def run(task):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return task()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_eight_racing_writers_to_one_cell_lose_nothing(live_db):
    cast, unit = make_cast(), commune()

    def write():
        for n in range(25):
            row = saved(new_session(cast.officer, unit=unit, attendances=10, valuable_tips=None))
            if n % 5 == 0:
                AwarenessSession.objects.filter(pk=row.pk).update(attendances=17)
            if n % 10 == 9:
                row.delete()

    assert all_at_once(*[write] * WRITERS) == [None] * WRITERS
    cell = Tally.objects.get()
    assert cell.sessions == AwarenessSession.objects.count() == WRITERS * 23
    assert cell.session_attendances == WRITERS * (23 * 10 + 5 * 7)
    assert_all_counted()


def test_two_kinds_race_for_one_cell(live_db):
    cast, unit = make_cast(), commune()

    def write(new):
        def fifteen():
            for _ in range(15):
                saved(new(cast.officer, unit=unit))

        return fifteen

    assert all_at_once(*[write(new_session), write(new_mediation)] * 4) == [None] * WRITERS
    assert Tally.objects.get().sessions == Tally.objects.get().mediations_received == 60
    assert_all_counted()


def test_overlapping_bulk_in_opposite_orders_lands_whole(live_db):
    """Single statements cannot deadlock on cells: each locks them in one order, whatever its own."""
    cast = make_cast()
    units = [commune(code) for code in ("18073", "18100")]
    places = [(unit, date(2026, month, day)) for unit in units for month in range(1, 11) for day in (3, 20)]

    def bulk(order):
        def write():
            for _ in range(4):
                AwarenessSession.objects.bulk_create(
                    [new_session(cast.officer, unit=unit, held_on=day) for unit, day in order]
                )
                Mediation.objects.bulk_create(
                    [new_mediation(cast.officer, unit=unit, received_on=day) for unit, day in order[::-1]]
                )

        return write

    assert all_at_once(*[bulk(places), bulk(places[::-1])] * (WRITERS // 2)) == [None] * WRITERS
    assert AwarenessSession.objects.count() == Mediation.objects.count() == WRITERS * 4 * len(places)
    assert_all_counted()


def test_bulk_updates_of_the_same_rows_in_opposite_orders_land_whole(live_db):
    """Two statements in one transaction may meet crosswise; whoever PostgreSQL breaks off is repeated."""
    cast = make_cast()
    here, there = commune("18073"), commune("18100")
    rows = AwarenessSession.objects.bulk_create(
        [new_session(cast.officer, unit=unit, held_on=day) for unit in (here, there) for day in MONTHS]
    )

    def swap(first, second):
        @retry_on_deadlock
        @transaction.atomic
        def write():
            for unit in (first, second):
                AwarenessSession.objects.filter(unit=unit).update(session_count=F("session_count") + 1)

        return write

    assert all_at_once(*[swap(here, there), swap(there, here)] * 2) == [None] * 4
    assert set(AwarenessSession.objects.values_list("session_count", flat=True)) == {5}
    assert sum(cell.sessions for cell in Tally.objects.all()) == 5 * len(rows)
    assert_all_counted()


def test_a_deadlock_is_repeated_from_the_start_and_not_inside_a_transaction(live_db):
    """Two transactions that take two rows crosswise: PostgreSQL breaks one, which then succeeds."""
    cast = make_cast()
    first, second = saved(new_session(cast.officer)), saved(new_session(cast.officer, unit=commune("18100")))
    met, tries = Barrier(2), []

    def crosswise(one, other):
        waited = []

        @retry_on_deadlock
        @transaction.atomic
        def write():
            tries.append(1)
            AwarenessSession.objects.filter(pk=one.pk).update(attendances=500)
            if not waited:
                waited.append(met.wait(timeout=30))
            AwarenessSession.objects.filter(pk=other.pk).update(attendances=500)

        return write

    assert all_at_once(crosswise(first, second), crosswise(second, first)) == [None, None]
    assert len(tries) == 3
    assert_all_counted()

    calls = []

    @retry_on_deadlock
    def inside():
        calls.append(1)
        raise OperationalError("deadlock detected") from _Deadlock()

    with pytest.raises(OperationalError), transaction.atomic():
        inside()
    assert len(calls) == 1


class _Deadlock(Exception):
    sqlstate = "40P01"


def test_two_identical_posts_at_once_are_one_record(live_db):
    cast, token = make_cast(), uuid4()
    data = session_fields()

    def post():
        return actions.log_activity(kind=SESSIONS, data=dict(data), by=cast.officer, token=token)

    results = all_at_once(*[post] * WRITERS)
    assert len({activity.pk for activity, _ in results}) == 1
    assert sorted(created for _, created in results) == [False] * (WRITERS - 1) + [True]
    assert AwarenessSession.objects.count() == 1
    assert_all_counted()


def test_two_different_posts_at_once_with_one_token_are_one_record_and_a_refusal(live_db):
    cast, token = make_cast(), uuid4()

    def post(attendances):
        data = session_fields(attendances=attendances)
        return lambda: actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=token)

    results = all_at_once(*[post(n) for n in range(4)])
    assert sum(isinstance(result, TokenReused) for result in results) == 3
    assert AwarenessSession.objects.count() == 1


def test_one_of_two_edits_at_once_wins_and_the_other_is_told(live_db):
    cast = make_cast()
    row, _ = actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=uuid4())

    def edit(attendances, by):
        return lambda: (
            actions.change_activity(
                activity=row, data={"attendances": attendances}, expected_revision=1, by=by
            ).attendances
        )

    results = all_at_once(edit(60, cast.officer), edit(70, cast.colleague))
    [won] = [result for result in results if isinstance(result, int)]
    [conflict] = [result for result in results if not isinstance(result, int)]
    assert conflict.values["attendances"] == won and conflict.current.revision == 2
    assert_all_counted()


def test_a_rebuild_amid_writers_leaves_the_tally_right(live_db):
    cast, unit = make_cast(), commune()

    def write():
        for _ in range(20):
            saved(new_session(cast.officer, unit=unit))
            saved(new_mediation(cast.officer, unit=unit))

    def rebuild():
        for _ in range(5):
            call_command("rebuild_tallies", verbosity=0)

    assert all_at_once(write, write, write, rebuild) == [None] * 4
    assert_all_counted()


def test_verify_amid_writers_sees_one_moment(live_db):
    cast, unit = make_cast(), commune()

    def write():
        for _ in range(30):
            saved(new_session(cast.officer, unit=unit))

    def verify():
        return [tally.verify() for _ in range(10)]

    *_, seen = all_at_once(write, write, write, verify)
    assert seen == [([], [])] * 10
    assert_all_counted()


def test_a_snapshot_does_not_see_what_is_committed_meanwhile(live_db):
    cast = make_cast()
    saved(new_session(cast.officer))
    with snapshot():
        assert AwarenessSession.objects.count() == 1
        [written] = all_at_once(lambda: saved(new_session(cast.officer)))
        assert written.pk
        assert AwarenessSession.objects.count() == 1 and Tally.objects.get().sessions == 1
        with pytest.raises(Exception, match="read-only"):
            saved(new_session(cast.officer))
        transaction.set_rollback(True)
    assert Tally.objects.get().sessions == 2


def test_an_area_and_a_move_at_once_cannot_both_stand(live_db):
    """The one that comes second waits and is refused: an activity never keeps an area of another commune."""
    cast, here, there = make_cast(), commune(), commune("18100")
    area = ResidentialArea.objects.create(unit=here, kind="Tổ dân phố", name="Hòa Bình")
    for _ in range(5):
        row = saved(new_session(cast.officer))
        met = Barrier(2)

        def place(row=row, met=met):
            with transaction.atomic():
                EntryArea.objects.create(entry_id=row.pk, area=area)
                met.wait(timeout=30)

        def move(row=row, met=met):
            met.wait(timeout=30)
            AwarenessSession.objects.filter(pk=row.pk).update(unit=there)

        placed, moved = all_at_once(place, move)
        assert placed is None and isinstance(moved, IntegrityError)
        row.refresh_from_db()
        assert row.unit == here
    assert_all_counted()
