"""The grades and the windows that are known today; administrators change them in the admin site.

Thông tư 124/2021/TT-BCA, amended by Thông tư 48/2025/TT-BCA: 1/11–31/10 for residential areas, 16/11–15/11 for
the rest. The words of the criteria, and the grades, are to be checked against the circulars by who keeps them.
"""

from datetime import date

from django.db import migrations

BASIS = "Thông tư 124/2021/TT-BCA, sửa đổi, bổ sung bởi Thông tư 48/2025/TT-BCA"
CRITERIA = "Theo các tiêu chí tại Thông tư 124/2021/TT-BCA (quản trị nhập nguyên văn từng tiêu chí tại đây)."
MOVEMENT = ("Xuất sắc", "Khá", "Trung bình", "Yếu")
KINDS = {"area": 1, "commune": 16, "agency": 16, "firm": 16, "school": 16}


def add(apps, schema_editor):
    grades = apps.get_model("models_registry", "GradeLevel")
    for place, name in enumerate(MOVEMENT, 1):
        grades.objects.get_or_create(scheme="movement", name=name, defaults={"place": place})
    rules = apps.get_model("models_registry", "CertificationRule")
    for kind, day in KINDS.items():
        rules.objects.get_or_create(
            kind=kind,
            valid_from=date(2022, 1, 1),
            defaults={"start_day": day, "start_month": 11, "criteria": CRITERIA, "basis": BASIS},
        )


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
