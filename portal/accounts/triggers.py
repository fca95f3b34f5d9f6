"""What the database itself holds about accounts, whoever writes: a form, the admin, a script or plain SQL."""

import pgtrigger

# A stale copy of a user that is saved must not bring an ended session back to life: the stamp only goes up.
USER = [
    pgtrigger.Trigger(
        name="user_access_stamp",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            NEW.access_stamp := GREATEST(NEW.access_stamp, OLD.access_stamp)
                + (NEW.is_active IS DISTINCT FROM OLD.is_active)::int
                + (NEW.is_superuser IS DISTINCT FROM OLD.is_superuser)::int;
            RETURN NEW;
        """,
    ),
]

POSTING = [
    pgtrigger.Trigger(
        name="posting_unit_level",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("unit_id", "role"),
        declare=[("unit_level", "text")],
        func="""
            SELECT level INTO unit_level FROM units_adminunit WHERE id = NEW.unit_id;
            IF (NEW.role IN ('commune_officer', 'commune_leader') AND unit_level IS DISTINCT FROM 'commune')
            OR (NEW.role IN ('province_staff', 'province_leader', 'province_admin')
                AND unit_level IS DISTINCT FROM 'province') THEN
                RAISE EXCEPTION 'role % needs a unit of its own level, not %', NEW.role, unit_level
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_unit_level';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="posting_ends_sessions",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            UPDATE accounts_user SET access_stamp = access_stamp + 1
            WHERE id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.user_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.user_id END
            );
            RETURN NULL;
        """,
    ),
]

DELEGATION = [
    pgtrigger.Trigger(
        name="delegation_deputy_serves_beside",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("lead", "accounts_posting%ROWTYPE")],
        func="""
            SELECT * INTO lead FROM accounts_posting WHERE id = NEW.principal_id;
            IF lead.role NOT IN ('commune_leader', 'province_leader') OR lead.user_id = NEW.deputy_id
            OR NEW.starts_on < lead.starts_on OR NEW.ends_on > COALESCE(lead.ends_on, 'infinity')
            OR NOT EXISTS (
                SELECT 1 FROM accounts_posting p
                WHERE p.user_id = NEW.deputy_id AND p.unit_id = lead.unit_id AND p.side = lead.side
                AND NEW.starts_on >= p.starts_on AND NEW.ends_on <= COALESCE(p.ends_on, 'infinity')
            ) THEN
                RAISE EXCEPTION 'a deputy serves in the unit and side of the leader on all days'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_deputy_serves_beside';
            END IF;
            RETURN NEW;
        """,
    ),
]
