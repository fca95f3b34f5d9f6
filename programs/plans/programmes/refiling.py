"""Registering a more local programme late: what was logged meanwhile is filed anew, and the tallies with it.

Figures of the time before the portal go along: a report reads those of its own programme. What there is as of
a day (models, stocks, loans, forces) belongs to no programme.

An activity belongs to the most local programme in force at its unit on its day. Each unit is one transaction;
the log's own triggers move what is counted, so that a tally is right at every moment. See docs/adr/0018.
"""

from datetime import date

import pghistory
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from portal.units.models import AdminUnit
from programs.activities.models import ActivityEntry
from programs.activities.opening import OpeningFigure
from programs.activities.registry import kinds
from programs.activities.slots import slot_of, slot_range
from programs.activities.transactions import retry_on_deadlock
from programs.coordination.models import CoordinationProgram


def units_to_refile(programme, start: date, end: date | None) -> list[int]:
    """Ids of the units under the programme that have anything of its days on record, in order."""
    entries = ActivityEntry.objects.filter(day__gte=start)
    entries = entries.filter(day__lte=end) if end else entries
    found = set()
    for rows in (entries, _opening_figures(start, end)):
        if programme.unit_id:
            rows = rows.filter(unit__in=_units_under(programme.unit_id).values("pk"))
        found |= set(rows.order_by().values_list("unit", flat=True).distinct())
    return sorted(found)


def refile_unit(unit_id: int, start: date, end: date | None, *, by, programme) -> int:
    """File the unit's activities of these days under the programmes in force on them; how many moved.

    Safe to run again, and beside people who write: what is filed right already is left alone.
    """
    return retry_on_deadlock(_refile_unit)(unit_id, start, end, by, programme)


@transaction.atomic
def _refile_unit(unit_id, start, end, by, programme) -> int:
    with pghistory.context(user=by, verb="refile", programme=programme):
        moved = sum(_refile_kind(kind, unit_id, start, end) for kind in kinds())
        return moved + _refile_opening(AdminUnit.objects.get(pk=unit_id), start, end)


def _refile_kind(kind, unit_id: int, start: date, end: date | None) -> int:
    day, until = kind.date_field, f"AND {kind.date_field} <= %(end)s" if end else ""
    local = f"local_programme(unit_id, {day})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {kind.table} SET programme_id = {local} WHERE unit_id = %(unit)s AND {day} >= %(start)s"
            f" {until} AND programme_id <> {local}",
            {"unit": unit_id, "start": start, "end": end},
        )
        return cursor.rowcount


def _opening_figures(start: date, end: date | None):
    """The figures whose last day lies in the range: a figure belongs to the programme of its last day."""
    first = slot_of(start)  # its last day is never before the day itself
    figures = OpeningFigure.objects.filter(last_slot__gte=first)
    if end is None:
        return figures
    last = slot_of(end)
    return figures.filter(last_slot__lte=last if slot_range(last)[1] == end else last - 1)


def _refile_opening(unit, start: date, end: date | None) -> int:
    figures = _opening_figures(start, end).filter(unit=unit)
    slots = figures.order_by().values_list("last_slot", flat=True).distinct()
    return sum(_refile_figures(figures.filter(last_slot=slot), unit, slot) for slot in slots)


def _refile_figures(figures, unit, last_slot: int) -> int:
    """Of two that would be one the later stays; what was entered under the right programme stands."""
    local = CoordinationProgram.objects.local_to(unit, slot_range(last_slot)[1])
    if local is None:
        return 0
    there = figures.filter(
        programme=local, indicator=OuterRef("indicator"), first_slot=OuterRef("first_slot")
    )
    wrong = figures.exclude(programme=local).filter(~Exists(there))
    latest = wrong.order_by("indicator", "first_slot", "-entered_at", "-pk").distinct(
        "indicator", "first_slot"
    )
    return OpeningFigure.objects.filter(pk__in=list(latest.values_list("pk", flat=True))).update(
        programme=local
    )


def _units_under(unit_id: int):
    """The unit and all that lie, or lay, directly in it or in its districts."""
    return AdminUnit.objects.filter(Q(pk=unit_id) | Q(parent=unit_id) | Q(parent__parent=unit_id))
