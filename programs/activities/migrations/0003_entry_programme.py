"""The entry knows the programme of its activity: custom amounts are tallied by it."""

import django.db.models.deletion
from django.db import migrations, models

# Entries that are there already, from whatever table carries the triggers of the log: slices above are not named here.
FILL = """
    DO $$
    DECLARE log regclass;
    BEGIN
        FOR log IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgname LIKE 'pgtrigger_log_insert_%' LOOP
            EXECUTE format(
                'UPDATE activities_activityentry e SET programme_id = r.programme_id FROM %s r WHERE r.id = e.id', log
            );
        END LOOP;
    END $$;
"""


def programme(**null):
    return models.ForeignKey(
        to="coordination.coordinationprogram",
        on_delete=django.db.models.deletion.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name="chương trình phối hợp",
        **null,
    )


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_log"), ("coordination", "0002_national_programmes")]
    operations = [
        migrations.AddField("activityentry", "programme", programme(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("activityentry", "programme", programme()),
    ]
