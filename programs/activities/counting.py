"""How rows count, written once, as SQL: for triggers, verification, rebuilding and the edges of figures."""

from programs.activities.indicators import columns


def counted(
    kind, source: str, *, sign: str = "", place: str = "unit_id, programme_id, slot_of({on})", where="TRUE"
):
    """SELECT of what the rows of `source` add, one row per activity and date column: `place`, then columns.

    Deleted rows add nothing, an amount not known (null) adds nothing. `place` and `where` may name {on}.
    """
    return " UNION ALL ".join(
        f"SELECT {place.format(on=on)}, {_amounts(measures, sign)} FROM {source}"
        f" WHERE deleted_at IS NULL AND {on} IS NOT NULL AND ({where.format(on=on)})"
        for on, measures in kind.measures_by_date().items()
    )


def _amounts(measures, sign: str) -> str:
    values = {measure.column: f"{sign}coalesce({measure.value}, 0)" for measure in measures}
    return ", ".join(f"{values.get(column, '0')} AS {column}" for column in columns())


def sums() -> str:
    """The totals of every column, as a select list; 0 where there is nothing."""
    return ", ".join(f"coalesce(sum({column}), 0) AS {column}" for column in columns())


def own_columns(kind) -> list[str]:
    """The tally columns that a kind feeds."""
    return [indicator.column for indicator in kind.indicators]


def add_to_tally(kind, source: str) -> str:
    """SQL that adds the summed rows of `source` (unit_id, programme_id, slot, columns) to the tally.

    Cells are touched in one order, so that statements cannot wait for one another in a ring; sums of zero are
    left out. The proposed row of an upsert may be negative: no CHECK on the columns could bear that.
    """
    own = own_columns(kind)
    return f"""
        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, {", ".join(own)})
        SELECT unit_id, programme_id, slot, {", ".join(f"sum({column})" for column in own)}
        FROM ({source}) AS d (unit_id, programme_id, slot, {", ".join(columns())})
        GROUP BY unit_id, programme_id, slot
        HAVING {" OR ".join(f"sum({column}) <> 0" for column in own)}
        ORDER BY unit_id, programme_id, slot
        ON CONFLICT (unit_id, slot, programme_id)
        DO UPDATE SET {", ".join(f"{column} = t.{column} + excluded.{column}" for column in own)};
    """
