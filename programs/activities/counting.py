"""How rows count, written once, as SQL: for triggers, verification, rebuilding and the edges of figures."""

from programs.activities.indicators import columns

CELL = "unit_id, programme_id, slot_of({on})"


def counted(
    kind, source: str, *, sign: str = "", place: str = CELL, where: str = "TRUE", own: bool = False
) -> str:
    """SELECT of what the rows of `source` add, one row per activity and date column: `place`, then columns.

    The columns are those of the tally, or with `own` those that the kind feeds: triggers name these only, so
    that a new indicator changes no trigger of another kind. Deleted rows add nothing, an amount not known
    (null) adds nothing. `place` and `where` may name {on}.
    """
    named = own_columns(kind) if own else columns()
    return " UNION ALL ".join(
        f"SELECT {place.format(on=on)}, {_amounts(measures, sign, named)} FROM {source}"
        f" WHERE deleted_at IS NULL AND {on} IS NOT NULL AND ({where.format(on=on)})"
        for on, measures in kind.measures_by_date().items()
    )


def _amounts(measures, sign: str, named: list[str]) -> str:
    values = {measure.column: f"{sign}coalesce({measure.value}, 0)" for measure in measures}
    return ", ".join(f"{values.get(column, '0')} AS {column}" for column in named)


def sums() -> str:
    """The totals of every column, as a select list; 0 where there is nothing."""
    return ", ".join(f"coalesce(sum({column}), 0) AS {column}" for column in columns())


def own_columns(kind) -> list[str]:
    """The tally columns that a kind feeds."""
    return [indicator.column for indicator in kind.indicators]


def add_to_tally(kind, source: str) -> str:
    """SQL that adds the summed rows of `source` (unit_id, programme_id, slot, own columns) to the tally.

    Cells are touched in one order, so that statements cannot wait for one another in a ring; sums of zero are
    left out. The proposed row of an upsert may be negative: no CHECK on the columns could bear that.
    """
    own = own_columns(kind)
    return f"""
        INSERT INTO activities_tally AS t (unit_id, programme_id, slot, {", ".join(own)})
        SELECT unit_id, programme_id, slot, {", ".join(f"sum({column})" for column in own)}
        FROM ({source}) AS d (unit_id, programme_id, slot, {", ".join(own)})
        GROUP BY unit_id, programme_id, slot
        HAVING {" OR ".join(f"sum({column}) <> 0" for column in own)}
        ORDER BY unit_id, programme_id, slot
        ON CONFLICT (unit_id, slot, programme_id)
        DO UPDATE SET {", ".join(f"{column} = t.{column} + excluded.{column}" for column in own)};
    """
