"""Figures of reports: sums of the tally, and the activities behind each of them.

A range of days is its whole slots from the tally plus the raw rows of its edges by the same measures, in
one statement and so in one snapshot. `units` are ids of AdminUnit as recorded (a merged commune's rows
carry its old id: see `recorded_units`), None for the whole nation; `programmes` are ids (see
`lineage_ids`), None for all. Custom indicators stand beside the built-in ones by their slugs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import connection

from portal.units.models import AdminUnit
from programs.activities.counting import counted, sums
from programs.activities.custom import figures as custom
from programs.activities.custom.querysets import is_custom
from programs.activities.indicators import INDICATORS, columns
from programs.activities.registry import feeding, kinds
from programs.activities.slots import split

# What a table of figures may be grouped by, in terms of the unit `u` that the rows carry.
GROUPS = {
    "today_unit": "coalesce(u.today_unit_id, u.id)",
    "today_province": "coalesce(u.today_province_id, u.id)",
    "unit": "u.id",
}


@dataclass(frozen=True)
class FigureRow:
    """One activity behind a figure. `amount` is what it adds; `day` is the day it counts on; `event_id` names
    the state of the row that was counted (see `rows_as_counted`). Of a stock it is a reading (`is_reading`).
    """

    entry_id: int
    kind: str
    amount: int | Decimal
    day: date
    title: str
    unit_id: int
    event_id: int

    @property
    def is_reading(self) -> bool:
        return self.kind == custom.READING


@dataclass(frozen=True)
class FigureChange:
    """An activity that counts differently from how it was counted; None: it did not, or does not, count."""

    before: FigureRow | None
    after: FigureRow | None

    @property
    def row(self) -> FigureRow:
        return self.after or self.before

    @property
    def difference(self) -> int | Decimal:
        return (self.after.amount if self.after else 0) - (self.before.amount if self.before else 0)


def recorded_units(today_units: Iterable[int]) -> list[int]:
    """Ids of these units and of all that became one of them: what `units` is for a report on today's map."""
    return list(AdminUnit.objects.filter(today_unit__in=list(today_units)).values_list("pk", flat=True))


def totals(*, units, start: date, end: date, programmes=None) -> dict[str, int | Decimal]:
    """{indicator slug: sum} over start..end, both inclusive; every built-in indicator is there, 0 if nothing.

    Custom ones are there where there is anything: flows summed, stocks as of `end`.
    """
    source, params = _source(units, start, end, programmes)
    customs, more = custom.sums_sql(custom.Where(units, programmes), start, end, "0")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sums()}, (SELECT c.sums FROM ({customs}) AS c (place, sums))"
            f" FROM ({source}) AS c (unit_id, {', '.join(columns())})",
            params | more,
        )
        return _by_slug(cursor.fetchone())


def totals_by_unit(
    *, units, start: date, end: date, programmes=None, by: str = "today_unit"
) -> dict[int, dict[str, int | Decimal]]:
    """{unit id: {indicator slug: sum}} of the units that count anything, grouped by a key of GROUPS."""
    source, params = _source(units, start, end, programmes)
    customs, more = custom.sums_sql(custom.Where(units, programmes), start, end, GROUPS[by])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {GROUPS[by]} AS place, {sums()}, NULL"
            f" FROM ({source}) AS c (unit_id, {', '.join(columns())})"
            " JOIN units_adminunit u ON u.id = c.unit_id GROUP BY place UNION ALL"
            f" SELECT place, {'0, ' * len(INDICATORS)} sums FROM ({customs}) AS c (place, sums)"
            " ORDER BY place",
            params | more,
        )
        found: dict[int, dict] = {}
        for place, *row in cursor.fetchall():
            known = found.setdefault(place, {})
            known |= {slug: known.get(slug, 0) + figure for slug, figure in _by_slug(row).items()}
        return found


def totals_by_slot(*, units, first: int, last: int, programmes=None) -> dict[int, dict[str, int]]:
    """{slot: {indicator slug: sum}} of the half months first..last in which anything was counted."""
    params = {**_scope_params(units, programmes), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slot, {sums()} FROM activities_tally"
            f" WHERE slot BETWEEN %(first)s AND %(last)s AND {_scope(units, programmes)} GROUP BY slot",
            params,
        )
        return {slot: _by_builtin(row) for slot, *row in cursor.fetchall()}


def rows_behind(
    *,
    indicator: str,
    units,
    start: date,
    end: date,
    programmes=None,
    limit: int | None = None,
    offset: int = 0,
) -> list[FigureRow]:
    """The live activities that add up to a figure now, oldest first; paged by `limit` and `offset`."""
    params = {**_scope_params(units, programmes), "low": start, "high": end, "limit": limit, "offset": offset}
    page = "ORDER BY day, id LIMIT %(limit)s OFFSET %(offset)s"
    if is_custom(indicator):
        return _rows(f"{custom.rows_sql(indicator, custom.Where(units, programmes))} {page}", params)
    scope = _scope(units, programmes)
    parts = [
        f"""SELECT id, '{kind.slug}' AS kind, {measure.value} AS amount, {measure.on} AS day, title, unit_id,
            (SELECT max(pgh_id) FROM {_events(kind)} WHERE pgh_obj_id = r.id) AS event_id
            FROM {kind.table} r WHERE deleted_at IS NULL AND {scope}
            AND {measure.on} BETWEEN %(low)s AND %(high)s AND {measure.value} <> 0"""
        for kind, measure in feeding(indicator)
    ]
    return _rows(f"{' UNION ALL '.join(parts)} {page}", params)


def events_behind(*, units, start: date, end: date, programmes=None) -> dict[str, list[int]]:
    """{indicator slug: event ids of the rows behind it}, all in one statement."""
    params = {**_scope_params(units, programmes), "low": start, "high": end}
    scope = _scope(units, programmes)
    parts = [
        f"""SELECT '{measure.indicator}' AS slug,
            (SELECT max(pgh_id) FROM {_events(kind)} WHERE pgh_obj_id = r.id) AS event_id
            FROM {kind.table} r WHERE deleted_at IS NULL AND {scope}
            AND {measure.on} BETWEEN %(low)s AND %(high)s AND {measure.value} <> 0"""
        for kind in kinds()
        for measure in kind.measures
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, array_agg(event_id ORDER BY event_id)"
            f" FROM ({' UNION ALL '.join(parts)}) e GROUP BY slug"
            f" UNION ALL ({custom.events_sql(custom.Where(units, programmes), kinds())})",
            params,
        )
        found = dict(cursor.fetchall())
    return {indicator.slug: [] for indicator in INDICATORS} | found


def rows_as_counted(*, indicator: str, event_ids: Iterable[int]) -> list[FigureRow]:
    """The rows behind a frozen figure as they were when it was counted, whatever became of them since."""
    if is_custom(indicator):
        rows = f"{custom.counted_sql(indicator, kinds())} ORDER BY day, id"
        return _rows(rows, {"events": list(event_ids)})
    parts = [
        f"""SELECT pgh_obj_id AS id, '{kind.slug}' AS kind, {measure.value} AS amount, {measure.on} AS day,
            title, unit_id, pgh_id AS event_id
            FROM {_events(kind)} WHERE pgh_id = ANY(%(events)s) AND {measure.value} <> 0
            AND {measure.on} IS NOT NULL"""
        for kind, measure in feeding(indicator)
    ]
    return _rows(f"{' UNION ALL '.join(parts)} ORDER BY day, id", {"events": list(event_ids)})


def changed_since(
    *, indicator: str, event_ids: Iterable[int], units, start: date, end: date, programmes=None
) -> list[FigureChange]:
    """Activities that count otherwise now than when the figure was counted; they sum to the difference."""
    then = {row.entry_id: row for row in rows_as_counted(indicator=indicator, event_ids=event_ids)}
    now = {
        row.entry_id: row
        for row in rows_behind(indicator=indicator, units=units, start=start, end=end, programmes=programmes)
    }
    changes = [FigureChange(then.get(pk), now.get(pk)) for pk in sorted(then.keys() | now.keys())]
    return [change for change in changes if change.difference]


def _source(units, start, end, programmes) -> tuple[str, dict]:
    """SELECT of (unit_id, columns) from whole slots and edges, with its parameters."""
    cut, scope = split(start, end), _scope(units, programmes)
    params = {**_scope_params(units, programmes), "first": cut.first_slot, "last": cut.last_slot}
    parts = [
        f"SELECT unit_id, {', '.join(columns())} FROM activities_tally"
        f" WHERE slot BETWEEN %(first)s AND %(last)s AND {scope}"
    ]
    for number, (low, high) in enumerate(cut.edges):
        params |= {f"low{number}": low, f"high{number}": high}
        inside = f"{{on}} BETWEEN %(low{number})s AND %(high{number})s AND {scope}"
        parts += [counted(kind, kind.table, place="unit_id", where=inside) for kind in kinds()]
    return " UNION ALL ".join(parts), params


def _scope(units, programmes) -> str:
    conditions = ["unit_id = ANY(%(units)s)"] if units is not None else []
    conditions += ["programme_id = ANY(%(programmes)s)"] if programmes is not None else []
    return " AND ".join(conditions) or "TRUE"


def _scope_params(units, programmes) -> dict:
    given = {"units": units, "programmes": programmes}
    return {name: list(ids) for name, ids in given.items() if ids is not None}


def _events(kind) -> str:
    return kind.event_model._meta.db_table


def _rows(sql: str, params: dict) -> list[FigureRow]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = [FigureRow(*row) for row in cursor.fetchall()]
    return [replace(row, amount=custom.settled(row.amount)) for row in rows]


def _by_builtin(row) -> dict[str, int]:
    return {indicator.slug: int(figure) for indicator, figure in zip(INDICATORS, row, strict=True)}


def _by_slug(row) -> dict[str, int | Decimal]:
    """From a row of the built-in sums and the custom ones as JSON."""
    *figures, customs = row
    named = {indicator.slug: int(figure) for indicator, figure in zip(INDICATORS, figures, strict=True)}
    return named | custom.read_sums(customs)
