"""What the database refuses, whoever writes: a tip is never rewritten, and goes only the ways of states.NEXT.

There is no history and no event table of a tip's content: what was purged must be gone.
"""

import pgtrigger

from programs.activities.firm import FirmTrigger, refuse
from programs.tips.states import NEXT

FIXED = ("unit_id", "story", "place", "time_text", "received_on", "received_half", "channel", "taken_side")


def _refused(name: str, message: str) -> str:
    return f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', MESSAGE = '{message}';"


def _ways() -> str:
    pairs = [f"('{old.value}', '{new.value}')" for old, following in NEXT.items() for new in following]
    return ", ".join(pairs)


def tip_triggers() -> list[FirmTrigger]:
    fixed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
    return [
        FirmTrigger(
            name="tip_begins",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                IF NEW.state <> 'received' THEN
                    {_refused("tip_begins_received", "A tip begins as received")}
                END IF;
                RETURN NEW;
            """,
        ),
        FirmTrigger(
            name="tip_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF {fixed} THEN
                    {_refused("tip_is_not_rewritten", "What was sent is not rewritten")}
                END IF;
                IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({_ways()}) THEN
                    {_refused("tip_way", "A tip does not go this way")}
                END IF;
                NEW.revision := OLD.revision + 1;
                RETURN NEW;
            """,
        ),
    ]


def _shield() -> str:
    """Units are compared by what they are today: a merger of units opens no way back."""
    return f"""
        IF (TG_OP = 'INSERT' OR (NEW.handling_unit_id, NEW.about_officer)
                IS DISTINCT FROM (OLD.handling_unit_id, OLD.about_officer))
            AND EXISTS (
                SELECT FROM units_adminunit here JOIN units_adminunit concerned
                    ON {_today("here")} = {_today("concerned")}
                WHERE here.id = NEW.handling_unit_id AND concerned.id IN (
                    SELECT NEW.unit_id WHERE NEW.about_officer
                    UNION ALL SELECT unit_id FROM tips_tipconflict WHERE tip_id = NEW.id
                )
            )
        THEN
            {_refused("tip_shield", "Its handling unit is one that the tip concerns")}
        END IF;
    """


def _like() -> str:
    """A tip is merged into one that is handled where it is, about nobody or about officers of one unit."""
    return f"""
        IF NEW.merged_into_id IS NOT NULL AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id
            AND NOT EXISTS (
                SELECT FROM tips_tip main JOIN units_adminunit of_main ON of_main.id = main.unit_id
                    JOIN units_adminunit of_new ON of_new.id = NEW.unit_id
                WHERE main.id = NEW.merged_into_id AND main.handling_unit_id = NEW.handling_unit_id
                    AND main.about_officer = NEW.about_officer
                    AND (NOT NEW.about_officer OR {_today("of_main")} = {_today("of_new")})
            )
        THEN
            {_refused("tip_merged_with_its_like", "Tips about officers and others must not be merged")}
        END IF;
    """


def _today(unit: str) -> str:
    return f"COALESCE({unit}.today_unit_id, {unit}.id)"


def shield_triggers() -> list[FirmTrigger]:
    """A unit never handles what is about its own officers."""
    return [
        FirmTrigger(
            name="tip_shield",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=f"{_shield()} RETURN NEW;",
        ),
        FirmTrigger(
            name="tip_merged_like",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"{_like()} RETURN NEW;",
        ),
    ]


def never_changed() -> list[FirmTrigger]:
    """Rows that may be added, and purged with their tip, but not changed."""
    return [refuse("never_changed", pgtrigger.Update, "Rows of this table are never changed")]
