"""Any range equals the raw sum; every figure opens the rows that add up to it, now and as counted then."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.units.models import AdminUnit
from programs.activities import actions, figures
from programs.activities.indicators import INDICATORS, columns
from programs.activities.models import Tally
from programs.activities.registry import feeding, kinds
from programs.awareness.models import SESSIONS, AwarenessSession
from programs.coordination.models import CoordinationProgram, lineage_ids
from programs.grassroots.models import Mediation
from tests.factories.activities import (
    DAY,
    commune,
    former_commune,
    new_mediation,
    new_session,
    saved,
    session_fields,
)

pytestmark = pytest.mark.django_db
LOW, HIGH = date(2025, 7, 1), date(2026, 11, 20)
NOTHING = {indicator.slug: 0 for indicator in INDICATORS}

days = st.dates(LOW, HIGH)
activity = st.tuples(
    st.sampled_from(["session", "mediation"]),
    st.sampled_from(["18073", "18100", "18115"]),
    days,
    st.one_of(st.none(), st.integers(0, 900)),
    st.integers(0, 60),
    st.sampled_from(["pending", "succeeded", "failed", "transferred"]),
)


def raw_sum(units, start, end, programmes=None) -> dict:
    """The same by plain Python over all rows."""
    total = Counter(NOTHING)

    def counts(row, day):
        return (row.is_live and day is not None and start <= day <= end and row.unit_id in units) and (
            programmes is None or row.programme_id in programmes
        )

    for row in AwarenessSession.objects.all():
        if counts(row, row.held_on):
            total["sessions"] += row.session_count
            total["session_attendances"] += row.attendances or 0
            total["session_tips"] += row.valuable_tips or 0
    for row in Mediation.objects.all():
        if counts(row, row.received_on):
            total["mediations_received"] += row.case_count
        if counts(row, row.concluded_on):
            total["mediations_concluded"] += row.case_count
            total[f"mediations_{row.outcome}"] += row.case_count
    return dict(total)


def write(cast, entries) -> None:
    places = {code: commune(code) for code in ("18073", "18100", "18115")}
    sessions, mediations = [], []
    for kind, code, day, amount, later, outcome in entries:
        if kind == "session":
            fields = {
                "attendances": amount,
                "valuable_tips": amount and amount % 5,
                "session_count": later % 4 + 1,
            }
            sessions.append(new_session(cast.officer, unit=places[code], held_on=day, **fields))
        else:
            ended = None if outcome == "pending" else min(day + timedelta(days=later), HIGH)
            fields = {"concluded_on": ended, "outcome": outcome, "case_count": later % 3 + 1}
            mediations.append(new_mediation(cast.officer, unit=places[code], received_on=day, **fields))
    AwarenessSession.objects.bulk_create(sessions)
    Mediation.objects.bulk_create(mediations)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(activity, max_size=25), st.lists(st.tuples(days, days), min_size=1, max_size=6))
def test_any_range_equals_the_raw_sum(cast, entries, ranges):
    units = [commune("18073").pk, commune("18100").pk]
    with transaction.atomic():
        write(cast, entries)
        for start, end in ranges:
            expected = raw_sum(units, start, end)
            assert figures.totals(units=units, start=start, end=end) == expected
            by_unit = figures.totals_by_unit(units=units, start=start, end=end, by="unit")
            assert {pk: f for pk, f in by_unit.items() if any(f.values())} == {
                pk: f for pk in units if any((f := raw_sum([pk], start, end)).values())
            }
            for slug, figure in expected.items():
                rows = figures.rows_behind(indicator=slug, units=units, start=start, end=end)
                assert sum(row.amount for row in rows) == figure
                assert all(start <= row.day <= end and row.amount > 0 for row in rows)
        transaction.set_rollback(True)


def test_nothing_is_zero_for_every_indicator():
    assert figures.totals(units=[commune().pk], start=LOW, end=HIGH) == NOTHING
    assert figures.totals(units=[], start=LOW, end=HIGH) == NOTHING
    assert figures.totals(units=None, start=HIGH, end=LOW) == NOTHING
    assert figures.totals_by_unit(units=None, start=LOW, end=HIGH) == {}


def test_deleted_rows_count_nothing_and_open_nowhere(cast):
    row, _ = actions.log_activity(kind=SESSIONS, data=session_fields(), by=cast.officer, token=uuid4())
    asked = {"units": [commune().pk], "start": DAY, "end": DAY}
    assert figures.totals(**asked)["sessions"] == 1
    actions.delete_activity(activity=row, reason="Ghi trùng", by=cast.officer)
    assert figures.totals(**asked) == NOTHING
    assert figures.rows_behind(indicator="sessions", **asked) == []


def test_programmes_narrow_the_figures(cast):
    saved(new_session(cast.officer))
    old, new = CoordinationProgram.objects.order_by("starts_on")
    asked = {"units": None, "start": LOW, "end": HIGH}
    assert figures.totals(programmes=lineage_ids(new), **asked)["sessions"] == 1
    assert figures.totals(programmes=[old.pk], **asked)["sessions"] == 0
    partly = {"units": None, "start": DAY, "end": DAY, "programmes": [old.pk]}
    assert figures.totals(**partly)["sessions"] == 0
    assert figures.rows_behind(indicator="sessions", **partly) == []


def test_merged_communes_are_summed_under_todays_unit(cast):
    """A record keeps its unit of that day; same-period figures go by today's map."""
    here, old = commune(), former_commune()
    saved(new_session(cast.officer, unit=here, attendances=100))
    saved(new_session(cast.officer, unit=old, held_on=date(2025, 6, 20), attendances=30))
    units = figures.recorded_units([here.pk])
    assert {here.pk, old.pk} <= set(units)
    asked = {"start": date(2025, 1, 1), "end": HIGH}
    assert figures.totals_by_unit(units=units, **asked)[here.pk]["session_attendances"] == 130
    assert figures.totals_by_unit(units=units, by="unit", **asked)[old.pk]["session_attendances"] == 30
    province = AdminUnit.objects.today().provinces().get(code="42")
    by_province = figures.totals_by_unit(units=None, by="today_province", **asked)
    assert by_province[province.pk]["session_attendances"] == 130


def test_a_frozen_figure_opens_its_rows_as_they_were_counted(cast):
    kept, edited, gone = (
        actions.log_activity(
            kind=SESSIONS, data=session_fields(attendances=n), by=cast.officer, token=uuid4()
        )[0]
        for n in (100, 200, 300)
    )
    asked = {"units": [commune().pk], "start": date(2026, 11, 1), "end": date(2026, 11, 14)}
    events = figures.events_behind(**asked)
    behind = figures.rows_behind(indicator="session_attendances", **asked)
    assert [row.event_id for row in behind] == events["session_attendances"] == events["sessions"]
    assert events["mediations_received"] == []

    change = {"title": "Đã sửa", "attendances": 250}
    actions.change_activity(activity=edited, data=change, expected_revision=1, by=cast.officer)
    actions.delete_activity(activity=gone, reason="Trùng", by=cast.officer)
    late, _ = actions.log_activity(
        kind=SESSIONS, data=session_fields(attendances=7), by=cast.officer, token=uuid4()
    )
    as_counted = figures.rows_as_counted(
        indicator="session_attendances", event_ids=events["session_attendances"]
    )
    assert as_counted == behind
    assert [row.amount for row in as_counted] == [100, 200, 300]
    assert figures.rows_behind(indicator="session_attendances", **asked) != behind

    changes = figures.changed_since(
        indicator="session_attendances", event_ids=events["session_attendances"], **asked
    )
    assert {change.row.entry_id: change.difference for change in changes} == {
        edited.pk: 50, gone.pk: -300, late.pk: 7,
    }  # fmt: skip
    assert kept.pk not in {change.row.entry_id for change in changes}
    now = figures.totals(**asked)["session_attendances"]
    assert now - sum(row.amount for row in as_counted) == sum(change.difference for change in changes)


def test_a_row_erased_by_sql_still_opens_as_counted(cast):
    row = saved(new_session(cast.officer))
    asked = {"units": [commune().pk], "start": DAY, "end": DAY}
    [event] = figures.events_behind(**asked)["sessions"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM awareness_awarenesssession WHERE id = %s", [row.pk])
    [as_counted] = figures.rows_as_counted(indicator="sessions", event_ids=[event])
    assert (as_counted.entry_id, as_counted.amount, as_counted.title) == (row.pk, 1, row.title)


def test_event_ids_are_shared_by_all_kinds(cast):
    saved(new_session(cast.officer))
    saved(new_mediation(cast.officer))
    events = [
        event for kind in kinds() for event in kind.event_model.objects.values_list("pgh_id", flat=True)
    ]
    assert len(set(events)) == 2


def test_rows_behind_a_figure_are_paged(cast):
    rows = AwarenessSession.objects.bulk_create([new_session(cast.officer) for _ in range(5)])
    asked = {"indicator": "sessions", "units": [commune().pk], "start": DAY, "end": DAY}
    pages = [figures.rows_behind(limit=2, offset=offset, **asked) for offset in (0, 2, 4)]
    assert [row.entry_id for page in pages for row in page] == [row.pk for row in rows]


def test_each_question_is_one_query(cast, django_assert_num_queries):
    saved(new_session(cast.officer))
    asked = {
        "units": [commune().pk, commune("18100").pk],
        "start": date(2026, 1, 3),
        "end": date(2026, 11, 9),
    }
    for question in (figures.totals, figures.totals_by_unit, figures.events_behind):
        with django_assert_num_queries(1):
            question(**asked)
    with django_assert_num_queries(1):
        [row] = figures.rows_behind(indicator="sessions", **asked)
    with django_assert_num_queries(1):
        figures.rows_as_counted(indicator="sessions", event_ids=[row.event_id])


def test_every_indicator_has_a_column_of_the_tally_and_a_kind_that_feeds_it():
    fields = {field.name for field in Tally._meta.fields} - {"pk", "unit", "slot", "programme"}
    assert fields == set(columns()) == {indicator.column for indicator in INDICATORS}
    assert all(feeding(indicator.slug) for indicator in INDICATORS)
