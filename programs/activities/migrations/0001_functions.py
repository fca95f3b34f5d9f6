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
FOLD_TEXT = r"""
    CREATE FUNCTION fold_text(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(
        lower(translate(
            regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g'),
            'đĐ-–—‑''’‘ʼ`´', 'dd    '
        )),
        '\s+', ' ', 'g'
    ));
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
    ]
