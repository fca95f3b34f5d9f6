"""Words stand in histories in two more forms: in keys that were derived from them, and in lists of names.

A key is emptied, in a history alone: the one of a row of today is derived anew by whoever writes the row.
"""

from importlib import import_module

from django.db import migrations

ERASE = """
CREATE OR REPLACE FUNCTION secrecy_erase(
    takedown bigint, tab regclass, key text, ids bigint[], cols text[], words text[], mark text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    col text;
    word text;
    expression text;
    longest integer;
    is_list boolean;
    sets text[] := '{}';
    changed bigint;
BEGIN
    PERFORM secrecy_takedown_open(takedown);
    IF tab::text ~ '^(accounts|secrecy|axes|django|otp|pghistory)' OR tab::text IN (
        'reports_report', 'reports_snapshot', 'reports_issuedfile', 'reports_redaction'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('Not of %s', tab);
    END IF;
    FOREACH col IN ARRAY cols LOOP
        SELECT CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 1000000 END,
            a.atttypid IN ('text[]'::regtype, 'varchar[]'::regtype)
        INTO longest, is_list
        FROM pg_attribute a WHERE a.attrelid = tab AND a.attname = col AND NOT a.attisdropped
            AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'text[]'::regtype, 'varchar[]'::regtype)
            AND (
                col !~ '(sha256|thumbnail|state|status|side|kind|slug|pgh_label|_key)$'
                OR (
                    col IN ('search_key', 'number_key', 'sort_key', 'subject_key')
                    AND tab::text ~ 'event$' AND words IS NULL AND mark = ''
                )
            );
        IF longest IS NULL OR col IN ('key', 'verb', 'line', 'format', 'level') THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
                MESSAGE = format('%s.%s holds no text of a person', tab, col);
        END IF;
        expression := CASE WHEN is_list THEN 'item' ELSE quote_ident(col) END;
        IF words IS NULL THEN
            expression := format('CASE WHEN %1$s = %2$L THEN %2$L ELSE %3$L END', expression, '', mark);
        ELSE
            FOREACH word IN ARRAY words LOOP
                expression := format('replace(%s, %L, %L)', expression, word, mark);
            END LOOP;
        END IF;
        expression := format('left(%s, %s)', expression, longest);
        IF is_list THEN
            expression := format(
                'ARRAY(SELECT %s FROM unnest(%I) WITH ORDINALITY AS of(item, place) ORDER BY place)',
                expression, col
            );
        END IF;
        sets := sets || format('%I = %s', col, expression);
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    PERFORM secrecy_set_triggers(tab, false);
    EXECUTE format('UPDATE %s SET %s WHERE %I = ANY ($1)', tab, array_to_string(sets, ', '), key) USING ids;
    GET DIAGNOSTICS changed = ROW_COUNT;
    PERFORM secrecy_set_triggers(tab, true);
    RETURN changed;
END $$;
"""
_OPEN = import_module("portal.secrecy.migrations.0002_takedowns").OPEN
# The function as it was, from its name on.
BEFORE = _OPEN[_OPEN.index("CREATE FUNCTION secrecy_erase") :].replace("CREATE", "CREATE OR REPLACE", 1)


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0002_takedowns")]

    operations = [migrations.RunSQL(ERASE, BEFORE)]
