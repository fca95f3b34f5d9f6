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


def never_changed() -> list[FirmTrigger]:
    """Rows that may be added, and purged with their tip, but not changed."""
    return [refuse("never_changed", pgtrigger.Update, "Rows of this table are never changed")]
