"""Terms to start with; the portal's administrators change them. Legal terms are to be verified there."""

from django.db import migrations

CLOCKS = {"political_security": (1, 20), "crime": (1, 20), "social_vice": (3, 20), "other": (5, 30)}
RETENTION = {"valuable": 24, "assisted": 24, "not_verified": 6, "other_procedure": 12}


def fill(apps, schema_editor):
    for category, (answer, finish) in CLOCKS.items():
        apps.get_model("tips", "Clock").objects.create(
            category=category, answer_days=answer, finish_days=finish
        )
    for outcome, months in RETENTION.items():
        apps.get_model("tips", "Retention").objects.create(outcome=outcome, months=months)


def empty(apps, schema_editor):
    apps.get_model("tips", "Clock").objects.all().delete()
    apps.get_model("tips", "Retention").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("tips", "0001_tips")]
    operations = [migrations.RunPython(fill, empty)]
