"""Registering a more local programme late: what was logged meanwhile is filed anew, and the tallies with it.

An activity belongs to the most local programme in force at its unit on its day. Each unit is one transaction;
the log's own triggers move what is counted, so that a tally is right at every moment. See docs/adr/0018.
"""

from datetime import date

import pghistory
from django.db import connection, transaction
from django.db.models import Q

from portal.units.models import AdminUnit
from programs.activities.models import ActivityEntry
from programs.activities.registry import kinds
from programs.activities.transactions import retry_on_deadlock


def units_to_refile(programme, start: date, end: date | None) -> list[int]:
    """Ids of the units under the programme that have logged anything on its days, in order."""
    entries = ActivityEntry.objects.filter(day__gte=start)
    entries = entries.filter(day__lte=end) if end else entries
    if programme.unit_id:
        entries = entries.filter(unit__in=_units_under(programme.unit_id).values("pk"))
    return sorted(entries.order_by().values_list("unit", flat=True).distinct())


def refile_unit(unit_id: int, start: date, end: date | None, *, by, programme) -> int:
    """File the unit's activities of these days under the programmes in force on them; how many moved.

    Safe to run again, and beside people who write: what is filed right already is left alone.
    """
    return retry_on_deadlock(_refile_unit)(unit_id, start, end, by, programme)


@transaction.atomic
def _refile_unit(unit_id, start, end, by, programme) -> int:
    with pghistory.context(user=by, verb="refile", programme=programme):
        return sum(_refile_kind(kind, unit_id, start, end) for kind in kinds())


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


def _units_under(unit_id: int):
    """The unit and all that lie, or lay, directly in it or in its districts."""
    return AdminUnit.objects.filter(Q(pk=unit_id) | Q(parent=unit_id) | Q(parent__parent=unit_id))
