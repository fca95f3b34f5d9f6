"""A redaction leaves out words and puts the mark in their place: no other word comes into a bound content."""

from importlib import import_module

from django.db import migrations

from portal.secrecy.erasing import MARK

# Whether a text is another with the mark in the place of some of its words.
ONLY_MARKED = f"""
CREATE FUNCTION reports_only_marked(was text, becomes text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    pieces text[] := string_to_array(becomes, '{MARK}');
    last integer := coalesce(array_length(pieces, 1), 0);
    rest text := was;
    place integer;
BEGIN
    IF last < 2 THEN
        RETURN becomes = was;
    END IF;
    IF NOT starts_with(rest, pieces[1]) THEN
        RETURN false;
    END IF;
    rest := substr(rest, length(pieces[1]) + 1);
    FOR i IN 2 .. last - 1 LOOP
        place := strpos(rest, pieces[i]);
        IF place = 0 THEN
            RETURN false;
        END IF;
        rest := substr(rest, place + length(pieces[i]));
    END LOOP;
    RETURN right(rest, length(pieces[last])) = pieces[last];
END $$;
"""
_ROOM = import_module("reports.migrations.0004_redactions").REDACT
# The function as it was.
BEFORE = _ROOM[_ROOM.index("CREATE FUNCTION reports_redact(") : _ROOM.index("CREATE FUNCTION reports_reissue")]
BEFORE = BEFORE.replace("CREATE", "CREATE OR REPLACE", 1)
_SAME = "        WHERE (old.value - 'text') <> (new.value - 'text')\n"
_ALSO_MARKED = f"""\
{_SAME.rstrip()} OR (
            old.value <> new.value AND (
                jsonb_typeof(new.value -> 'text') IS DISTINCT FROM 'string'
                OR reports_only_marked(old.value ->> 'text', new.value ->> 'text') IS NOT TRUE
            )
        )
"""
REDACT = BEFORE.replace(_SAME, _ALSO_MARKED, 1)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_redactions"), ("secrecy", "0004_the_mark_alone")]

    operations = [
        migrations.RunSQL(ONLY_MARKED, "DROP FUNCTION reports_only_marked(text, text);"),
        migrations.RunSQL(REDACT, BEFORE),
    ]
