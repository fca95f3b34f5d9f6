"""What the database refuses about festivals: those held by residential areas name them, or cover nothing.

Both triggers look at the end of the transaction, since a record is written before its areas. That an area is
of the commune and of that day is refused by `activities_entryarea` for all kinds.
"""

import pgtrigger

from programs.activities.firm import FirmTrigger, refused

NAMED = refused("festivalevent_areas_named", "A festival of residential areas names them")


def event_triggers() -> list[FirmTrigger]:
    """On FestivalEvent: one held by areas names at least one."""
    return [_at_the_end("areas_named", pgtrigger.Insert | pgtrigger.Update, "NEW.id")]


def area_triggers() -> list[FirmTrigger]:
    """On EntryArea: the last area of such a festival does not go."""
    return [_at_the_end("areas_stay", pgtrigger.Update | pgtrigger.Delete, "OLD.entry_id")]


def _at_the_end(name: str, operation, event: str) -> FirmTrigger:
    """`event`: SQL of the festival's id. What was written in between no longer matters."""
    return FirmTrigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (SELECT FROM festivals_festivalevent WHERE id = {event} AND holder = 'areas')
            AND NOT EXISTS (SELECT FROM activities_entryarea WHERE entry_id = {event}) THEN
                {NAMED}
            END IF;
            RETURN NULL;
        """,
    )
