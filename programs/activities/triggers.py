"""The triggers of every kind of activity: what is refused, the entry index, the tally.

They are generated from the measures of the kind and live in its migrations. Statement-level ones work on
transition tables, so that a bulk write of ten thousand rows adds to each cell of the tally once. PostgreSQL
allows transition tables for one event per trigger only, hence three of them and a fourth for TRUNCATE.

The tally comes before the entries: a changed entry moves its custom amounts (see `custom.triggers`), and
whoever logs an activity with amounts locks the cells in that order too.
"""

import pgtrigger

from programs.activities.counting import add_to_tally, counted, own_columns
from programs.activities.firm import FirmTrigger, after, refused

TODAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
UNIT_OF_THAT_DAY, NO_SUCH_UNIT = "activity_unit_of_that_day", "The unit did not exist on that day"
DELETE_ENTRIES = """
    DELETE FROM activities_entryarea WHERE entry_id IN (SELECT id FROM old_rows);
    DELETE FROM activities_activityentry WHERE id IN (SELECT id FROM old_rows);
"""


def log_triggers(kind) -> list[FirmTrigger]:
    """Guard, insert, update, delete and truncate triggers of one kind."""
    new, old = pgtrigger.Referencing(new="new_rows"), pgtrigger.Referencing(old="old_rows")
    both = pgtrigger.Referencing(old="old_rows", new="new_rows")
    added = counted(kind, "new_rows", own=True)
    removed = counted(kind, "old_rows", sign="-", own=True)
    moved = f"{removed} UNION ALL {added}"
    return [
        FirmTrigger(
            name="log_guard",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=_guard(kind),
        ),
        after("log_insert", pgtrigger.Insert, new, _insert_entries(kind) + add_to_tally(kind, added)),
        after("log_update", pgtrigger.Update, both, add_to_tally(kind, moved) + _update_entries(kind)),
        after("log_delete", pgtrigger.Delete, old, add_to_tally(kind, removed) + DELETE_ENTRIES),
        after("log_truncate", pgtrigger.Truncate, None, _empty(kind)),
    ]


def _guard(kind) -> str:
    """Row by row before it is written: dates, unit of a changed day, programme if none is given, revision."""
    day = kind.date_field
    dates = ", ".join(f"NEW.{column}" for column in kind.all_dates)
    return f"""
        IF TG_OP = 'UPDATE' THEN
            IF NEW.id <> OLD.id THEN
                {refused("activity_keeps_its_id", "An activity keeps its id")}
            END IF;
            NEW.revision := OLD.revision + 1;
            NEW.awaits_front := NEW.awaits_front OR (NEW.side = 'member' AND OLD.side <> 'member');
            NEW.updated_at := now();
        ELSE
            NEW.awaits_front := NEW.side = 'member';
        END IF;
        IF greatest({dates}) > {TODAY} THEN
            {refused("activity_not_in_future", "An activity cannot lie in the future")}
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.unit_id <> OLD.unit_id OR NEW.{day} <> OLD.{day}) AND NOT EXISTS (
            SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id
            AND (u.valid_from IS NULL OR u.valid_from <= NEW.{day})
            AND (u.valid_to IS NULL OR u.valid_to >= NEW.{day})
        ) THEN
            {refused(UNIT_OF_THAT_DAY, NO_SUCH_UNIT)}
        END IF;
        IF NEW.programme_id IS NULL THEN
            NEW.programme_id := local_programme(NEW.unit_id, NEW.{day});
            IF NEW.programme_id IS NULL THEN
                {refused("activity_programme_in_force", "No programme was in force on that day")}
            END IF;
        END IF;
        RETURN NEW;
    """


def _insert_entries(kind) -> str:
    """The join that looks for the unit rides along with the entry: a look-up of its own would cost more."""
    day = kind.date_field
    return f"""
        INSERT INTO activities_activityentry
            (id, kind, unit_id, programme_id, day, title, search_key, awaits_front, live)
        SELECT n.id, '{kind.slug}', n.unit_id, n.programme_id, n.{day}, n.title, fold_text(n.title),
            n.awaits_front,
            CASE WHEN u.id IS NULL THEN refuse_activity('{UNIT_OF_THAT_DAY}', '{NO_SUCH_UNIT}')
            ELSE n.deleted_at IS NULL END
        FROM new_rows n LEFT JOIN units_adminunit u ON u.id = n.unit_id
            AND (u.valid_from IS NULL OR u.valid_from <= n.{day})
            AND (u.valid_to IS NULL OR u.valid_to >= n.{day});
    """


def _update_entries(kind) -> str:
    day = kind.date_field
    return f"""
        UPDATE activities_activityentry e
        SET unit_id = n.unit_id, programme_id = n.programme_id, day = n.{day}, title = n.title,
            search_key = fold_text(n.title), live = n.deleted_at IS NULL, awaits_front = n.awaits_front
        FROM new_rows n WHERE n.id = e.id
        AND (e.unit_id, e.programme_id, e.day, e.title, e.live, e.awaits_front) IS DISTINCT FROM
            (n.unit_id, n.programme_id, n.{day}, n.title, n.deleted_at IS NULL, n.awaits_front);
        IF EXISTS (
            SELECT FROM new_rows n JOIN old_rows o ON o.id = n.id
            JOIN activities_entryarea ea ON ea.entry_id = n.id
            JOIN units_residentialarea a ON a.id = ea.area_id
            WHERE (o.unit_id <> n.unit_id OR o.{day} <> n.{day})
            AND (a.unit_id <> n.unit_id OR a.valid_from > n.{day} OR a.valid_to < n.{day})
        ) THEN
            {refused("entry_area_of_that_unit", "An area belongs to another unit or another time")}
        END IF;
    """


def _empty(kind) -> str:
    """After TRUNCATE there are no rows to subtract: what this kind has counted goes back to zero."""
    own = own_columns(kind)
    some = " OR ".join(f"{column} <> 0" for column in own)
    return f"""
        DELETE FROM activities_entryarea a USING activities_activityentry e
        WHERE e.id = a.entry_id AND e.kind = '{kind.slug}';
        DELETE FROM activities_activityentry WHERE kind = '{kind.slug}';
        PERFORM FROM activities_tally WHERE {some} ORDER BY unit_id, programme_id, slot FOR UPDATE;
        UPDATE activities_tally SET {", ".join(f"{column} = 0" for column in own)} WHERE {some};
    """
