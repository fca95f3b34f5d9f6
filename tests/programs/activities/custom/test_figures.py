"""Custom figures equal the raw sums in any range, open the rows behind them, and stay as counted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from programs.activities import actions, figures
from programs.activities.custom.models import CustomAmount, StockReading
from tests.factories.activities import commune, former_commune, new_mediation, new_session, saved
from tests.factories.custom import cameras, enter, fireworks, guns

pytestmark = pytest.mark.django_db
START, END = date(2026, 10, 15), date(2026, 11, 14)


def asked(*codes, start=START, end=END, **more):
    return {"units": [commune(code).pk for code in codes or ["18073"]], "start": start, "end": end, **more}


def read(unit, indicator, day, value, by):
    return StockReading.objects.create(
        unit=unit, indicator=indicator, as_of=day, value=Decimal(str(value)), logged_by=by
    )


@pytest.fixture
def logged(cast):
    """A session and a mediation of Thành Sen, a session of Trần Phú; each with amounts."""
    gun, firework = guns(), fireworks()
    first = saved(new_session(cast.officer, held_on=date(2026, 10, 16)))
    second = saved(new_mediation(cast.officer, received_on=date(2026, 11, 3)))
    third = saved(new_session(cast.neighbour, unit=commune("18100"), held_on=date(2026, 11, 14)))
    enter(first, gun, 2), enter(first, firework, "2.5")
    enter(second, gun, 1), enter(third, firework, "0.7")
    return gun, firework, first


def test_whole_slots_and_edges_give_the_raw_sum(logged):
    gun, firework, _ = logged
    found = figures.totals(**asked("18073", "18100"))
    assert (found[gun.slug], found[firework.slug]) == (3, Decimal("3.2"))
    assert isinstance(found[gun.slug], int)
    for start in range(0, 20, 3):
        for length in (0, 5, 17, 40):
            low = date(2026, 10, 10) + timedelta(days=start)
            high = low + timedelta(days=length)
            found = figures.totals(**asked("18073", "18100", start=low, end=high))
            lines = CustomAmount.objects.filter(indicator=firework, entry__day__range=(low, high))
            assert found.get(firework.slug, 0) == sum(line.amount for line in lines)


def test_figures_go_by_unit_and_programme(logged):
    gun, firework, first = logged
    by_unit = figures.totals_by_unit(**asked("18073", "18100"), by="unit")
    assert by_unit[commune("18100").pk][firework.slug] == Decimal("0.7")
    assert gun.slug not in by_unit[commune("18100").pk]
    assert gun.slug not in figures.totals(**asked(programmes=[first.programme_id + 1000]))


def test_a_figure_opens_its_rows_and_stays_as_it_was_counted(cast, logged):
    gun, _, first = logged
    rows = figures.rows_behind(indicator=gun.slug, **asked())
    assert next((row.entry_id, row.amount, row.day) for row in rows) == (first.pk, 2, first.held_on)
    events = figures.events_behind(**asked())[gun.slug]
    title = first.title
    CustomAmount.objects.filter(entry_id=first.pk, indicator=gun).update(amount=9)
    first.refresh_from_db()
    actions.change_activity(
        activity=first,
        data={"title": "Tên sau khi chốt", "held_on": date(2026, 9, 1)},
        expected_revision=first.revision,
        by=cast.officer,
    )
    then = figures.rows_as_counted(indicator=gun.slug, event_ids=events)
    assert next((row.amount, row.day, row.title) for row in then) == (2, date(2026, 10, 16), title)
    assert sum(row.amount for row in then) == 3
    (change,) = figures.changed_since(indicator=gun.slug, event_ids=events, **asked())
    assert (change.row.entry_id, change.difference) == (first.pk, -2)


def test_the_latest_reading_counts_and_never_adds_over_time(cast):
    camera, here, there = cameras(), commune(), commune("18100")
    read(here, camera, date(2026, 8, 31), 10, cast.officer)
    read(here, camera, date(2026, 11, 1), 14, cast.officer)
    read(here, camera, date(2026, 11, 20), 99, cast.officer)
    read(there, camera, date(2025, 12, 31), 5, cast.neighbour)
    assert figures.totals(**asked())[camera.slug] == 14
    assert figures.totals(**asked("18073", "18100"))[camera.slug] == 19
    assert figures.totals(**asked(end=date(2026, 10, 31)))[camera.slug] == 10
    assert camera.slug not in figures.totals(**asked(start=date(2026, 1, 1), end=date(2026, 8, 30)))
    (row,) = figures.rows_behind(indicator=camera.slug, **asked())
    assert (row.is_reading, row.amount, row.day) == (True, 14, date(2026, 11, 1))
    events = figures.events_behind(**asked())[camera.slug]
    StockReading.objects.filter(unit=here).update(value=1)
    (then,) = figures.rows_as_counted(indicator=camera.slug, event_ids=events)
    assert then.amount == 14


def test_a_merged_units_own_reading_replaces_those_of_its_forebears(cast):
    camera, here, old = cameras(active_from=date(2025, 1, 1)), commune(), former_commune()
    read(old, camera, date(2025, 5, 31), 7, cast.officer)
    units = figures.recorded_units([here.pk])
    assert figures.totals(units=units, start=START, end=END)[camera.slug] == 7
    read(here, camera, date(2025, 9, 30), 20, cast.officer)
    assert figures.totals(units=units, start=START, end=END)[camera.slug] == 20
    assert figures.totals(units=units, start=START, end=date(2025, 8, 1))[camera.slug] == 7
