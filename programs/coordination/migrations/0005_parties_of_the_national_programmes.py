"""Who signed the two national programmes, as their titles say."""

from django.db import migrations

CENTRE = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
PARTIES = {
    "09/CTr-BCA-MTTW": {"Bộ Công an": "police", f"Ban Thường trực {CENTRE}": "front"},
    "07/CTrPH-BCA-MTTW": {"Bộ Công an": "police", CENTRE: "front"},
}


def add_parties(apps, schema_editor):
    programmes = apps.get_model("coordination", "CoordinationProgram").objects.filter(level="nation")
    party = apps.get_model("coordination", "ProgramParty").objects
    for programme in programmes.filter(number__in=PARTIES):
        for name, side in PARTIES[programme.number].items():
            party.get_or_create(programme=programme, name=name, defaults={"side": side})


class Migration(migrations.Migration):
    dependencies = [("coordination", "0004_keys_of_numbers")]
    operations = [migrations.RunPython(add_parties, migrations.RunPython.noop)]
