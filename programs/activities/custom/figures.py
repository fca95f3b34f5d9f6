"""Figures of custom indicators by slug ("x12"), beside the built-in ones of `programs.activities.figures`.

Flows are sums of the custom tally, with the raw amounts at the edges of a range. A stock is the latest
reading as of the last day, added over units; once a merged unit has a reading of its own, those of the units
that became it count no longer. Amounts are int, or Decimal where there are decimals.
"""

import json
from datetime import date
from decimal import Decimal

from programs.activities.custom.models import CustomIndicator
from programs.activities.custom.triggers import COUNTS
from programs.activities.slots import split

READING = "so-hien-co"  # what stands for the kind of a row that is a reading, not an activity


def settled(value: Decimal | int | None) -> int | Decimal | None:
    """A whole amount as int, any other as Decimal without trailing zeros."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else value.normalize()


def sums_sql(where: "Where", start: date, end: date, place: str) -> tuple[str, dict]:
    """SELECT of (place, {slug: amount} as JSON text) and its parameters; `place` is SQL over the unit `u`.

    Holds the flows that count anything and the stocks that were read by the last day. See `read_sums`.
    """
    source, params = _flows(where, start, end)
    query = f"""
        SELECT place, json_object_agg(slug, amount)::text FROM (
            SELECT {place} AS place, 'x' || indicator_id AS slug, sum(amount) AS amount FROM (
                {source} UNION ALL SELECT unit_id, indicator_id, value FROM ({_stocks(where)}) AS s
            ) AS c (unit_id, indicator_id, amount) JOIN units_adminunit u ON u.id = c.unit_id
            GROUP BY 1, 2
        ) AS summed GROUP BY place
    """
    return query, params | {"last_day": end}


def read_sums(text: str | None) -> dict[str, int | Decimal]:
    """{slug: amount} from what `sums_sql` gives."""
    sums = json.loads(text, parse_float=Decimal) if text else {}
    return {slug: settled(amount) for slug, amount in sums.items()}


def rows_sql(slug: str, where: "Where") -> str:
    """SELECT of the rows behind a figure: the columns of FigureRow, in its order; takes %(low)s, %(high)s."""
    indicator = CustomIndicator.objects.named(slug)
    if indicator.is_stock:
        return f"""
            SELECT s.id, '{READING}' AS kind, s.value AS amount, s.as_of AS day, '' AS title, s.unit_id,
                (SELECT max(pgh_id) FROM activities_stockreadingevent WHERE pgh_obj_id = s.id) AS event_id
            FROM ({_stocks(where, "%(high)s")}) AS s WHERE s.indicator_id = {indicator.pk} AND s.value <> 0"""
    return f"""
        SELECT e.id, e.kind, a.amount, e.day, e.title, e.unit_id,
            (SELECT max(pgh_id) FROM activities_customamountevent WHERE pgh_obj_id = a.id) AS event_id
        FROM activities_customamount a JOIN activities_activityentry e ON e.id = a.entry_id
        WHERE a.indicator_id = {indicator.pk} AND a.amount <> 0 AND {COUNTS.format("e")}
        AND {where.sql} AND e.day BETWEEN %(low)s AND %(high)s"""


def events_sql(where: "Where", kinds) -> str:
    """SELECT of (slug, event ids) of all custom figures of a range; takes %(low)s, %(high)s.

    A flow's ids are those of the amounts and those of their activities: together they say how much, when and
    where, as it was counted.
    """
    states = " UNION ALL ".join(
        f"SELECT pgh_obj_id, max(pgh_id) AS pgh_id FROM {kind.event_model._meta.db_table}"
        f" WHERE pgh_obj_id IN (SELECT entry_id FROM counted) GROUP BY pgh_obj_id"
        for kind in kinds
    )
    return f"""
        WITH counted AS (
            SELECT a.id, a.indicator_id, a.entry_id
            FROM activities_customamount a JOIN activities_activityentry e ON e.id = a.entry_id
            WHERE a.amount <> 0 AND {COUNTS.format("e")} AND {where.sql}
            AND e.day BETWEEN %(low)s AND %(high)s
        ), ids AS (
            SELECT c.indicator_id, v.pgh_id FROM counted c CROSS JOIN LATERAL (
                SELECT max(pgh_id) AS pgh_id FROM activities_customamountevent WHERE pgh_obj_id = c.id) v
            UNION SELECT c.indicator_id, k.pgh_id
            FROM counted c JOIN ({states}) k ON k.pgh_obj_id = c.entry_id
            UNION SELECT s.indicator_id,
                (SELECT max(pgh_id) FROM activities_stockreadingevent WHERE pgh_obj_id = s.id)
            FROM ({_stocks(where, "%(high)s")}) AS s WHERE s.value <> 0
        )
        SELECT 'x' || indicator_id, array_agg(pgh_id ORDER BY pgh_id) FROM ids GROUP BY 1
    """


def counted_sql(slug: str, kinds) -> str:
    """SELECT of the rows behind a frozen figure from its events; takes %(events)s."""
    indicator = CustomIndicator.objects.named(slug)
    if indicator.is_stock:
        return f"""
            SELECT pgh_obj_id AS id, '{READING}' AS kind, value AS amount, as_of AS day, '' AS title, unit_id,
                pgh_id AS event_id
            FROM activities_stockreadingevent
            WHERE pgh_id = ANY(%(events)s) AND indicator_id = {indicator.pk}"""
    states = " UNION ALL ".join(
        f"SELECT pgh_obj_id, '{kind.slug}' AS kind, {kind.date_field} AS day, title, unit_id"
        f" FROM {kind.event_model._meta.db_table} WHERE pgh_id = ANY(%(events)s)"
        for kind in kinds
    )
    return f"""
        SELECT k.pgh_obj_id AS id, k.kind, v.amount, k.day, k.title, k.unit_id, v.pgh_id AS event_id
        FROM activities_customamountevent v JOIN ({states}) AS k ON k.pgh_obj_id = v.entry_id
        WHERE v.pgh_id = ANY(%(events)s) AND v.indicator_id = {indicator.pk} AND v.amount <> 0"""


class Where:
    """Units and programmes of a figure as SQL, None meaning all. Readings belong to no programme."""

    def __init__(self, units, programmes):
        given = {"units": units, "programmes": programmes}
        self.params = {name: list(ids) for name, ids in given.items() if ids is not None}
        self.units_sql = "unit_id = ANY(%(units)s)" if units is not None else "TRUE"
        conditions = [self.units_sql]
        conditions += ["programme_id = ANY(%(programmes)s)"] if programmes is not None else []
        self.sql = " AND ".join(conditions)


def _flows(where: Where, start, end) -> tuple[str, dict]:
    """SELECT of (unit_id, indicator_id, amount) from whole slots and edges, with its parameters."""
    cut = split(start, end)
    params = where.params | {"first": cut.first_slot, "last": cut.last_slot}
    parts = [
        "SELECT unit_id, indicator_id, amount FROM activities_customtally"
        f" WHERE amount <> 0 AND slot BETWEEN %(first)s AND %(last)s AND {where.sql}"
    ]
    for number, (low, high) in enumerate(cut.edges):
        params |= {f"low{number}": low, f"high{number}": high}
        parts.append(
            "SELECT unit_id, indicator_id, amount FROM activities_customamount a"
            " JOIN activities_activityentry e ON e.id = a.entry_id WHERE a.amount <> 0"
            f" AND {COUNTS.format('e')} AND {where.sql}"
            f" AND e.day BETWEEN %(low{number})s AND %(high{number})s"
        )
    return " UNION ALL ".join(parts), params


def _stocks(where: Where, last_day: str = "%(last_day)s") -> str:
    """SELECT of the readings that count as of a day: the latest of each unit and indicator."""
    return f"""
        SELECT DISTINCT ON (r.unit_id, r.indicator_id) r.* FROM activities_stockreading r
        JOIN units_adminunit old ON old.id = r.unit_id
        WHERE r.as_of <= {last_day} AND {where.units_sql.replace("unit_id", "r.unit_id")}
        AND NOT EXISTS (
            SELECT FROM activities_stockreading heir
            WHERE heir.unit_id = old.today_unit_id AND heir.unit_id <> r.unit_id
            AND heir.indicator_id = r.indicator_id AND heir.as_of > old.valid_to AND heir.as_of <= {last_day}
        )
        ORDER BY r.unit_id, r.indicator_id, r.as_of DESC"""
