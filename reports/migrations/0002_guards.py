"""Triggers that hold the life of a report, whatever way a statement reaches the database.

Written as plain SQL and not through django-pgtrigger, whose triggers can be switched off for a session.
"""

from django.db import migrations

# Nothing may be changed or removed: bound contents, the log of events, issued files.
NEVER = """
CREATE FUNCTION reports_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
        MESSAGE = format('%s on %s is refused: rows are kept as they were written', TG_OP, TG_TABLE_NAME);
END $$;
"""

# From, to and level of every legal move. A commune's report freezes with the province's that includes it.
REPORT = """
CREATE FUNCTION reports_report_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind reports_reporttype%ROWTYPE;
    moved boolean := false;
    missing text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'A report begins as a draft';
        END IF;
        IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM reports_report earlier WHERE earlier.id = NEW.supersedes_id AND earlier.version + 1 = NEW.version
               AND earlier.state IN ('accepted', 'frozen')
               AND (earlier.report_type_id, earlier.unit_id, earlier.programme_id, earlier.period_kind, earlier.calendar,
                    earlier.period_start, earlier.period_end)
                 = (NEW.report_type_id, NEW.unit_id, NEW.programme_id, NEW.period_kind, NEW.calendar,
                    NEW.period_start, NEW.period_end)
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = 'A version follows the one before it, once that has been accepted';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'Reports are never deleted';
    END IF;
    IF OLD.state = 'frozen' THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'A frozen report never changes';
    END IF;
    IF (NEW.id, NEW.report_type_id, NEW.unit_id, NEW.programme_id, NEW.period_kind, NEW.calendar, NEW.period_start,
        NEW.period_end, NEW.version, NEW.supersedes_id)
       IS DISTINCT FROM
       (OLD.id, OLD.report_type_id, OLD.unit_id, OLD.programme_id, OLD.period_kind, OLD.calendar, OLD.period_start,
        OLD.period_end, OLD.version, OLD.supersedes_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'What a report is about never changes';
    END IF;
    SELECT * INTO kind FROM reports_reporttype WHERE id = NEW.report_type_id;
    moved := NEW.state <> OLD.state;
    IF moved AND NOT (kind.level, OLD.state, NEW.state) IN (
        ('commune', 'draft', 'awaiting'), ('commune', 'returned', 'awaiting'), ('commune', 'awaiting', 'draft'),
        ('commune', 'awaiting', 'sent'), ('commune', 'sent', 'draft'), ('commune', 'sent', 'returned'),
        ('commune', 'sent', 'accepted'), ('commune', 'accepted', 'frozen'),
        ('province', 'draft', 'awaiting'), ('province', 'awaiting', 'draft'), ('province', 'awaiting', 'frozen')
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_legal_move',
            MESSAGE = format('A report of a %s does not go from %s to %s', kind.level, OLD.state, NEW.state);
    END IF;
    IF OLD.state = 'sent' AND NEW.state = 'draft' AND OLD.opened_at IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_recall_before_opened',
            MESSAGE = 'A report that the province has opened is not recalled';
    END IF;
    IF OLD.snapshot_id IS NOT NULL AND NEW.snapshot_id IS DISTINCT FROM OLD.snapshot_id
       AND NEW.state NOT IN ('draft', 'returned') THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'A bound content is not exchanged';
    END IF;
    IF NEW.snapshot_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reports_snapshot s WHERE s.id = NEW.snapshot_id AND s.report_id = NEW.id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'A report is bound to a content of its own';
    END IF;
    IF moved AND NEW.state = 'awaiting' AND NOT EXISTS (
        SELECT FROM reports_confirmation c
        WHERE c.report_id = NEW.id AND c.voided_at IS NULL AND c.snapshot_id = NEW.snapshot_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_awaiting_is_confirmed',
            MESSAGE = 'A report waits for the other side once one has confirmed';
    END IF;
    IF moved AND (NEW.state = 'sent' OR (NEW.state = 'frozen' AND kind.level = 'province')) THEN
        SELECT string_agg(named.side, ', ') INTO missing FROM unnest(kind.confirming_sides) AS named (side)
        WHERE NOT EXISTS (
            SELECT FROM reports_confirmation c WHERE c.report_id = NEW.id AND c.side = named.side
               AND c.voided_at IS NULL AND c.snapshot_id = NEW.snapshot_id
        );
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_confirmed_by_its_sides',
                MESSAGE = format('Not confirmed by: %s', missing);
        END IF;
    END IF;
    IF moved AND NEW.state = 'frozen' AND kind.level = 'commune' AND NOT EXISTS (
        SELECT FROM reports_inclusion i JOIN reports_report p ON p.id = i.province_report_id
        WHERE i.commune_report_id = NEW.id AND p.state = 'frozen'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_frozen_with_the_province',
            MESSAGE = 'A report of a commune is frozen with the report of the province that includes it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_report_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_report_guard();
"""

# The report's row is locked FOR SHARE, so that nobody confirms between the look and the write.
SECTION = """
CREATE FUNCTION reports_section_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (NEW.id, NEW.report_id, NEW.key) <> (OLD.id, OLD.report_id, OLD.key))
    THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'A section stays in its report';
    END IF;
    SELECT state INTO held FROM reports_report WHERE id = NEW.report_id FOR SHARE;
    IF held NOT IN ('draft', 'returned') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'section_of_an_open_report',
            MESSAGE = format('Remarks of a report that is %s do not change', held);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_section_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_reportsection
    FOR EACH ROW EXECUTE FUNCTION reports_section_guard();
"""

CONFIRMATION = """
CREATE FUNCTION reports_confirmation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'A confirmation is voided, never deleted';
    END IF;
    SELECT r.state INTO held FROM reports_report r WHERE r.id = NEW.report_id FOR SHARE;
    IF TG_OP = 'INSERT' THEN
        IF held NOT IN ('draft', 'returned', 'awaiting') THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                MESSAGE = format('A report that is %s is not confirmed any more', held);
        END IF;
        IF NOT EXISTS (
            SELECT FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id
            WHERE r.id = NEW.report_id AND NEW.side = ANY (t.confirming_sides)
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_of_a_named_side',
                MESSAGE = 'The report type does not name this side';
        END IF;
        IF NOT EXISTS (
            SELECT FROM reports_snapshot s
            WHERE s.id = NEW.snapshot_id AND s.report_id = NEW.report_id AND s.sha256 = NEW.sha256
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_binds_its_content',
                MESSAGE = 'A confirmation binds a content of its report';
        END IF;
        IF NOT EXISTS (SELECT FROM accounts_posting p WHERE p.id = NEW.posting_id AND p.side = NEW.side) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_of_own_side',
                MESSAGE = 'Nobody confirms for the other side';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR
       (NEW.id, NEW.report_id, NEW.side, NEW.by_id, NEW.posting_id, NEW.is_deputy, NEW.snapshot_id, NEW.sha256,
        NEW.confirmed_at) <>
       (OLD.id, OLD.report_id, OLD.side, OLD.by_id, OLD.posting_id, OLD.is_deputy, OLD.snapshot_id, OLD.sha256,
        OLD.confirmed_at) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'A confirmation is voided once, nothing else';
    END IF;
    IF held IN ('accepted', 'frozen') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = format('The confirmations of a report that is %s stand', held);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_confirmation_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_confirmation
    FOR EACH ROW EXECUTE FUNCTION reports_confirmation_guard();
"""

NOTE = """
CREATE FUNCTION reports_note_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND
       (NEW.id, NEW.report_id, NEW.snapshot_id, NEW.line, NEW.section_id, NEW.reason, NEW.by_id, NEW.at)
       IS DISTINCT FROM
       (OLD.id, OLD.report_id, OLD.snapshot_id, OLD.line, OLD.section_id, OLD.reason, OLD.by_id, OLD.at)) THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
            MESSAGE = 'What was asked stays as it was asked';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM reports_snapshot s
        WHERE s.id = NEW.snapshot_id AND s.report_id = NEW.report_id AND (
            NEW.section_id IS NOT NULL OR convert_from(s.content, 'UTF8')::jsonb -> 'lines'
                @> jsonb_build_array(jsonb_build_object('indicator', NEW.line)))
    ) OR NEW.section_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reports_reportsection x WHERE x.id = NEW.section_id AND x.report_id = NEW.report_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_pinned_to_what_was_sent',
            MESSAGE = 'A note is pinned to a line or section of the report that was sent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_note_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_reviewnote
    FOR EACH ROW EXECUTE FUNCTION reports_note_guard();
"""

INCLUSION = """
CREATE FUNCTION reports_inclusion_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'An inclusion is not changed';
    END IF;
    SELECT state INTO held FROM reports_report
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.province_report_id ELSE NEW.province_report_id END FOR SHARE;
    IF held <> 'draft' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = format('What a report that is %s adds up does not change', held);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NOT EXISTS (
        SELECT FROM reports_report p
        JOIN reports_reporttype pt ON pt.id = p.report_type_id
        JOIN reports_report c ON c.id = NEW.commune_report_id AND c.report_type_id = pt.compiles_id
        JOIN units_adminunit u ON u.id = c.unit_id
        WHERE p.id = NEW.province_report_id AND c.state IN ('accepted', 'frozen')
          AND u.today_province_id = p.unit_id
          AND (p.programme_id, p.period_kind, p.calendar, p.period_start, p.period_end)
            = (c.programme_id, c.period_kind, c.calendar, c.period_start, c.period_end)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'inclusion_of_an_accepted_report',
            MESSAGE = 'A province adds up the accepted reports of its communes for the same period';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_inclusion_guard BEFORE INSERT OR UPDATE OR DELETE ON reports_inclusion
    FOR EACH ROW EXECUTE FUNCTION reports_inclusion_guard();
"""

KEPT = ("reports_snapshot", "reports_reportevent", "reports_issuedfile")
WHOLE = (
    *KEPT,
    "reports_report",
    "reports_reportsection",
    "reports_confirmation",
    "reports_reviewnote",
    "reports_inclusion",
)


def keep(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION reports_never();
    """


def whole(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION reports_never();
    """


FUNCTIONS = ("report", "section", "confirmation", "note", "inclusion")
UNDO = "".join(f"DROP FUNCTION reports_{name}_guard() CASCADE;" for name in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunSQL(NEVER, "DROP FUNCTION reports_never() CASCADE;"),
        migrations.RunSQL(REPORT + SECTION + CONFIRMATION + NOTE + INCLUSION, UNDO),
        migrations.RunSQL("".join(keep(t) for t in KEPT) + "".join(whole(t) for t in WHOLE), ""),
    ]
