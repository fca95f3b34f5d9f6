"""What the tables of the log stand on: two shared sequences and two immutable functions."""

from django.db import migrations

SEQUENCES = """
    CREATE SEQUENCE activity_id_seq AS bigint;
    CREATE SEQUENCE activity_event_id_seq AS bigint;
"""

# The same as programs.activities.slots.slot_of. Strict operators only, so that PostgreSQL writes it into the query.
SLOT_OF = """
    CREATE FUNCTION slot_of(day date) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (extract(year FROM day)::integer * 12 + extract(month FROM day)::integer - 1) * 2
        + (extract(day FROM day) > 14)::integer;
"""

# The same as portal.units.text.fold: no marks, lower case, đ as d, no apostrophes, dashes and spaces as one space.
# One translate and no pattern, for it runs with every save. The marks: those of Vietnamese, then other Latin ones.
FOLD_TEXT = r"""
    CREATE FUNCTION fold_text(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(replace(replace(replace(
        lower(translate(
            normalize(words, NFD),
            U&'\0111\0110-\2013\2014\2011\0009\000A\000D\00A0'
                || U&'\0301\0300\0323\0309\0303\0302\0306\031B\0308\0327\030A\030C\0304\0328'
                || U&'''\2019\2018\02BC`\00B4',
            'dd        '
        )),
        ' ', U&' \0001'), U&'\0001 ', ''), U&'\0001', ''));
"""

# Called where a row must not be: in the middle of a statement that reads many.
REFUSE = """
    CREATE FUNCTION refuse_activity(by_rule text, because text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = by_rule, MESSAGE = because;
    END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            SEQUENCES, "DROP SEQUENCE activity_event_id_seq; DROP SEQUENCE activity_id_seq;"
        ),
        migrations.RunSQL(SLOT_OF, "DROP FUNCTION slot_of(date);"),
        migrations.RunSQL(FOLD_TEXT, "DROP FUNCTION fold_text(text);"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION refuse_activity(text, text);"),
    ]
