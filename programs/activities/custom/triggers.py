"""What the database refuses about custom amounts and readings, and how it keeps their tally.

The entry of an activity says unit, programme, day and whether it counts. Whoever writes an amount holds the
entry until commit, so that a move of the activity meanwhile waits and then takes the amount along.
"""

import pgtrigger

from programs.activities.firm import FirmTrigger, after, refused

# What an entry must say for what hangs on it to count; {0} names its row.
COUNTS = "{0}.live AND NOT {0}.awaits_front"
TODAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def amount_triggers() -> list[FirmTrigger]:
    """Guards and tally of CustomAmount."""
    old, new = pgtrigger.Referencing(old="old_rows"), pgtrigger.Referencing(new="new_rows")
    both = pgtrigger.Referencing(old="old_rows", new="new_rows")
    added, removed = counted("new_rows"), counted("old_rows", sign="-")
    writes = pgtrigger.Insert | pgtrigger.Update
    return [
        FirmTrigger(
            name="custom_guard",
            when=pgtrigger.Before,
            operation=writes,
            declare=[
                ("entry", "activities_activityentry%ROWTYPE"),
                ("chosen", "activities_customindicator%ROWTYPE"),
            ],
            func=_AMOUNT_GUARD,
        ),
        FirmTrigger(name="custom_hold", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_HOLD_ENTRY),
        after("custom_insert", pgtrigger.Insert, new, add_to_tally(added)),
        after("custom_update", pgtrigger.Update, both, add_to_tally(f"{removed} UNION ALL {added}")),
        after("custom_delete", pgtrigger.Delete, old, add_to_tally(removed)),
        after("custom_truncate", pgtrigger.Truncate, None, "DELETE FROM activities_customtally;"),
    ]


def entry_triggers() -> list[FirmTrigger]:
    """On ActivityEntry: amounts move with their activity, and go with it."""
    both = pgtrigger.Referencing(old="old_rows", new="new_rows")
    return [
        after("custom_moved", pgtrigger.Update, both, add_to_tally(_MOVED)),
        after("custom_gone", pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), _GONE),
    ]


def indicator_triggers() -> list[FirmTrigger]:
    """What amounts were counted in does not change under them."""
    return [
        FirmTrigger(
            name="custom_in_use", when=pgtrigger.Before, operation=pgtrigger.Update, func=_INDICATOR_GUARD
        )
    ]


def reading_triggers() -> list[FirmTrigger]:
    return [
        FirmTrigger(
            name="reading_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            declare=[("chosen", "activities_customindicator%ROWTYPE")],
            func=_READING_GUARD,
        )
    ]


def counted(source: str, *, sign: str = "") -> str:
    """SELECT of what the amounts of `source` add: unit, programme, slot, indicator, amount."""
    return (
        f"SELECT e.unit_id, e.programme_id, slot_of(e.day), a.indicator_id, {sign}a.amount"
        f" FROM {source} a JOIN activities_activityentry e ON e.id = a.entry_id"
        f" WHERE {COUNTS.format('e')}"
    )


def add_to_tally(source: str) -> str:
    """SQL that adds the summed rows of `source` to the custom tally; cells in one order, no zero deltas."""
    return f"""
        INSERT INTO activities_customtally AS t (unit_id, programme_id, slot, indicator_id, amount)
        SELECT unit_id, programme_id, slot, indicator_id, sum(amount)
        FROM ({source}) AS d (unit_id, programme_id, slot, indicator_id, amount)
        GROUP BY unit_id, programme_id, slot, indicator_id HAVING sum(amount) <> 0
        ORDER BY unit_id, programme_id, slot, indicator_id
        ON CONFLICT (unit_id, slot, programme_id, indicator_id)
        DO UPDATE SET amount = t.amount + excluded.amount;
    """


_MOVED = f"""
    SELECT o.unit_id, o.programme_id, slot_of(o.day), a.indicator_id, -a.amount
    FROM old_rows o JOIN activities_customamount a ON a.entry_id = o.id
    WHERE {COUNTS.format("o")}
    UNION ALL
    SELECT n.unit_id, n.programme_id, slot_of(n.day), a.indicator_id, a.amount
    FROM new_rows n JOIN activities_customamount a ON a.entry_id = n.id
    WHERE {COUNTS.format("n")}
"""
# The entries are gone when their amounts go: the triggers of the amounts find nothing left to subtract from.
_GONE = (
    add_to_tally(_MOVED.split("UNION ALL")[0])
    + " DELETE FROM activities_customamount WHERE entry_id IN (SELECT id FROM old_rows);"
)
_HOLD_ENTRY = """
    PERFORM FROM activities_activityentry WHERE id = OLD.entry_id FOR SHARE;
    RETURN OLD;
"""
_OF_PROVINCE = """chosen.province_id IS NULL OR EXISTS (
            SELECT FROM units_adminunit u
            WHERE u.id = {unit} AND coalesce(u.today_province_id, u.id) = chosen.province_id)"""
_AMOUNT_GUARD = f"""
    IF TG_OP = 'UPDATE' AND (NEW.entry_id, NEW.indicator_id) <> (OLD.entry_id, OLD.indicator_id) THEN
        {refused("custom_amount_keeps_its_place", "An amount keeps its activity and its indicator")}
    END IF;
    SELECT * INTO entry FROM activities_activityentry WHERE id = NEW.entry_id FOR SHARE;
    IF NOT FOUND THEN
        {refused("custom_amount_of_an_activity", "There is no such activity")}
    END IF;
    SELECT * INTO chosen FROM activities_customindicator WHERE id = NEW.indicator_id FOR SHARE;
    IF chosen.nature IS DISTINCT FROM 'flow' THEN
        {refused("custom_amount_of_a_flow", "Only flows are entered on activities")}
    END IF;
    IF round(NEW.amount, chosen.decimals) <> NEW.amount THEN
        {refused("custom_amount_decimals", "More decimals than the indicator has")}
    END IF;
    IF TG_OP = 'INSERT' AND NOT (
        chosen.active_from <= entry.day AND (chosen.active_to IS NULL OR chosen.active_to >= entry.day)
        AND ({_OF_PROVINCE.format(unit="entry.unit_id")})
    ) THEN
        {refused("custom_amount_in_use", "The indicator is not in use there on that day")}
    END IF;
    RETURN NEW;
"""
_READING_GUARD = f"""
    IF TG_OP = 'UPDATE' AND (NEW.unit_id, NEW.indicator_id) <> (OLD.unit_id, OLD.indicator_id) THEN
        {refused("reading_keeps_its_place", "A reading keeps its unit and its indicator")}
    END IF;
    IF NEW.as_of > {TODAY} THEN
        {refused("reading_not_in_future", "A reading cannot lie in the future")}
    END IF;
    SELECT * INTO chosen FROM activities_customindicator WHERE id = NEW.indicator_id FOR SHARE;
    IF chosen.nature IS DISTINCT FROM 'stock' THEN
        {refused("reading_of_a_stock", "Only stocks are read")}
    END IF;
    IF round(NEW.value, chosen.decimals) <> NEW.value THEN
        {refused("reading_decimals", "More decimals than the indicator has")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id
        AND (u.valid_from IS NULL OR u.valid_from <= NEW.as_of)
        AND (u.valid_to IS NULL OR u.valid_to >= NEW.as_of)
    ) THEN
        {refused("reading_unit_of_that_day", "The unit did not exist on that day")}
    END IF;
    IF NOT (
        chosen.active_from <= NEW.as_of AND (chosen.active_to IS NULL OR chosen.active_to >= NEW.as_of)
        AND ({_OF_PROVINCE.format(unit="NEW.unit_id")})
    ) THEN
        {refused("reading_in_use", "The indicator is not in use there on that day")}
    END IF;
    RETURN NEW;
"""
_INDICATOR_GUARD = f"""
    IF ((NEW.measure_unit, NEW.nature) <> (OLD.measure_unit, OLD.nature)
        OR NEW.province_id IS DISTINCT FROM OLD.province_id OR NEW.decimals < OLD.decimals)
    AND (EXISTS (SELECT FROM activities_customamount WHERE indicator_id = OLD.id)
        OR EXISTS (SELECT FROM activities_stockreading WHERE indicator_id = OLD.id)) THEN
        {refused("custom_indicator_in_use", "Figures were entered: unit, nature and province stay")}
    END IF;
    RETURN NEW;
"""
