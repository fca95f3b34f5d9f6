"""The keys by which programmes are searched, of those that were there before the keys."""

from django.db import migrations


def fill(apps, schema_editor):
    for programme in apps.get_model("coordination", "CoordinationProgram").objects.all():
        programme.save()


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_parties_and_keys_of_numbers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
