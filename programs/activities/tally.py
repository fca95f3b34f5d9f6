"""The tally against the rows: what differs, and building it anew. Everyday reading is in `figures`."""

from dataclasses import dataclass

from django.db import connection, transaction

from programs.activities.counting import add_to_tally, counted, own_columns
from programs.activities.custom import triggers as custom
from programs.activities.indicators import columns
from programs.activities.registry import kinds
from programs.activities.transactions import snapshot

MOST_SHOWN = 1000


@dataclass(frozen=True)
class Difference:
    """One cell that is wrong: `tallied` is in the tally, `counted` is what the rows add up to.

    `column`: of the tally, or the slug of a custom indicator; then the two are Decimal.
    """

    unit_id: int
    programme_id: int
    slot: int
    column: str
    tallied: int
    counted: int


def verify() -> tuple[list[Difference], list[int]]:
    """Cells and ids of entries that disagree with the rows, in one snapshot; at most 1,000 of each."""
    with snapshot(), connection.cursor() as cursor:
        _take_your_time(cursor)
        return differences(cursor) + custom_differences(cursor), misfiled(cursor)


def differences(cursor) -> list[Difference]:
    """Recompute every cell from the rows of all kinds and compare."""
    rows = " UNION ALL ".join(counted(kind, kind.table) for kind in kinds())
    pairs = ", ".join(f"coalesce(t.{column}, 0), coalesce(c.{column}, 0)" for column in columns())
    totals = ", ".join(f"sum({column}) AS {column}" for column in columns())
    wrong = " OR ".join(f"coalesce(t.{column}, 0) <> coalesce(c.{column}, 0)" for column in columns())
    cursor.execute(f"""
        WITH c AS (
            SELECT unit_id, programme_id, slot, {totals}
            FROM ({rows}) AS d (unit_id, programme_id, slot, {", ".join(columns())}) GROUP BY 1, 2, 3
        )
        SELECT unit_id, programme_id, slot, {pairs}
        FROM c FULL JOIN activities_tally t USING (unit_id, programme_id, slot)
        WHERE {wrong} ORDER BY 1, 2, 3 LIMIT {MOST_SHOWN}
    """)
    return [difference for cell in cursor.fetchall() for difference in _differences_in(cell)]


def _differences_in(cell) -> list[Difference]:
    place, pairs = cell[:3], zip(cell[3::2], cell[4::2], strict=True)
    named = zip(columns(), pairs, strict=True)
    return [
        Difference(*place, column, tallied, int(counted))
        for column, (tallied, counted) in named
        if tallied != counted
    ]


def custom_differences(cursor) -> list[Difference]:
    """The same for custom indicators: their amounts, at the place of the activity."""
    cursor.execute(f"""
        WITH c AS (
            SELECT unit_id, programme_id, slot, indicator_id, sum(amount) AS amount
            FROM ({custom.counted("activities_customamount")})
                AS d (unit_id, programme_id, slot, indicator_id, amount) GROUP BY 1, 2, 3, 4
        )
        SELECT unit_id, programme_id, slot, 'x' || indicator_id, coalesce(t.amount, 0), coalesce(c.amount, 0)
        FROM c FULL JOIN activities_customtally t USING (unit_id, programme_id, slot, indicator_id)
        WHERE coalesce(t.amount, 0) <> coalesce(c.amount, 0) ORDER BY 1, 2, 3, 4 LIMIT {MOST_SHOWN}
    """)
    return [Difference(*cell) for cell in cursor.fetchall()]


def misfiled(cursor) -> list[int]:
    """Ids whose entry is missing, has no activity, or says something else than the activity."""
    rows = " UNION ALL ".join(
        f"SELECT id, '{kind.slug}', unit_id, programme_id, {kind.date_field}, title, fold_text(title),"
        f" deleted_at IS NULL, awaits_front FROM {kind.table}"
        for kind in kinds()
    )
    cursor.execute(f"""
        SELECT coalesce(e.id, r.id) FROM activities_activityentry e
        FULL JOIN ({rows}) AS r (id, kind, unit_id, programme_id, day, title, search_key, live, awaits)
            ON r.id = e.id
        WHERE (r.kind, r.unit_id, r.programme_id, r.day, r.title, r.search_key, r.live, r.awaits)
            IS DISTINCT FROM (e.kind::text, e.unit_id, e.programme_id, e.day, e.title::text, e.search_key,
                e.live, e.awaits_front)
        ORDER BY 1 LIMIT {MOST_SHOWN}
    """)
    return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def rebuild(chosen) -> None:
    """Count these kinds anew. Their writers wait meanwhile; readers see the old figures until commit."""
    with connection.cursor() as cursor:
        _take_your_time(cursor)
        tables = ", ".join(sorted(kind.table for kind in chosen))
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        for kind in chosen:
            cursor.execute(_emptied(kind) + add_to_tally(kind, counted(kind, kind.table, own=True)))


@transaction.atomic
def rebuild_custom() -> None:
    """Count the custom amounts anew. Writers of all kinds wait meanwhile, and lock entries first as well."""
    with connection.cursor() as cursor:
        _take_your_time(cursor)
        for table in ("activities_activityentry", "activities_customamount"):
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM activities_customtally")
        cursor.execute(custom.add_to_tally(custom.counted("activities_customamount")))


def _emptied(kind) -> str:
    """Cells are locked in the order of the triggers first: writers of other kinds share them."""
    own = own_columns(kind)
    some = " OR ".join(f"{column} <> 0" for column in own)
    return f"""
        SELECT FROM activities_tally WHERE {some} ORDER BY unit_id, programme_id, slot FOR UPDATE;
        UPDATE activities_tally SET {", ".join(f"{column} = 0" for column in own)} WHERE {some};
    """


def _take_your_time(cursor) -> None:
    """The limits that protect pages would cut this short."""
    cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
