"""The reports that programme 07 asks for, those of 09 for looking back, and the public holidays that are certain."""

from datetime import date, timedelta

from django.db import migrations

BOTH = ["police", "front"]
# slug, name, kind of period, working days after the cut-off for communes and for the province
TYPES = [
    ("month", "Báo cáo tháng", "month", 2, 5),
    ("quarter", "Báo cáo quý", "quarter", 3, 6),
    ("half", "Báo cáo 6 tháng", "half", 5, 8),
    ("nine", "Báo cáo 9 tháng", "nine", 5, 8),
    ("year", "Báo cáo năm", "year", 5, 10),
    ("months", "Báo cáo nhiều tháng đầu năm", "n_months", 5, 8),
    ("stage", "Báo cáo giai đoạn", "stage", 10, 20),
    ("custom", "Báo cáo chuyên đề (từ ngày đến ngày)", "custom", 5, 10),
]
REGULAR = ("month", "quarter", "half", "year")
# The decree's month 11/2026 is the first that the portal opens by itself.
FIRST_DAY = date(2026, 10, 15)
NATIONAL_07, NATIONAL_09 = "07/CTrPH-BCA-MTTW", "09/CTr-BCA-MTTW"

LAW = "Bộ luật Lao động 2019, Điều 112"
NOTICE_2025 = "Bộ luật Lao động 2019, Điều 112; Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024"
# Tết and Giỗ Tổ follow the moon and are given for the years whose official schedule is known. The same days every
# year (1/1, 30/4, 1/5, 2/9) need no row. Other swapped days are entered in the admin as they are announced.
RANGES = [
    (date(2025, 1, 27), date(2025, 1, 31), "Tết Nguyên đán Ất Tỵ", NOTICE_2025),
    (date(2025, 4, 7), date(2025, 4, 7), "Giỗ Tổ Hùng Vương", NOTICE_2025),
    (date(2025, 5, 2), date(2025, 5, 2), "Nghỉ hoán đổi dịp 30/4 và 1/5", NOTICE_2025),
    (date(2025, 9, 1), date(2025, 9, 1), "Quốc khánh (ngày liền trước)", NOTICE_2025),
    (date(2026, 2, 16), date(2026, 2, 20), "Tết Nguyên đán Bính Ngọ", LAW),
    (date(2026, 4, 27), date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch, 26/4/2026)", LAW),
    (date(2026, 9, 1), date(2026, 9, 1), "Quốc khánh (ngày liền trước)", LAW),
]
WORKED = [(date(2025, 4, 26), "Làm bù cho ngày 02/5/2025", NOTICE_2025)]


def load_holidays(apps, schema_editor):
    PublicHoliday = apps.get_model("reports", "PublicHoliday")
    for first, last, name, source in RANGES:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        PublicHoliday.objects.bulk_create(PublicHoliday(day=day, name=name, source=source) for day in days)
    PublicHoliday.objects.bulk_create(
        PublicHoliday(day=day, name=name, is_worked=True, source=source) for day, name, source in WORKED
    )


def load_catalogue(apps, schema_editor):
    ReportType = apps.get_model("reports", "ReportType")
    Obligation = apps.get_model("reports", "ReportingObligation")
    Programme = apps.get_model("coordination", "CoordinationProgram")
    national = Programme.objects.filter(level="nation")
    programme_07, programme_09 = (national.get(number=number) for number in (NATIONAL_07, NATIONAL_09))
    for slug, name, kind, commune_days, province_days in TYPES:
        sides = {"period_kind": kind, "confirming_sides": BOTH, "issuing_sides": BOTH}
        commune = ReportType.objects.create(slug=f"commune-{slug}", name=name, level="commune", **sides)
        province = ReportType.objects.create(
            slug=f"province-{slug}", name=f"{name} của tỉnh", level="province", compiles=commune, **sides
        )
        owed = [(commune, commune_days), (province, province_days)]
        historic = slug in ("stage", "custom")
        for programme in (programme_07, programme_09) if historic else (programme_07,):
            Obligation.objects.bulk_create(
                Obligation(
                    programme=programme,
                    report_type=report_type,
                    calendar="plain" if historic else "decree",
                    working_days=days,
                    opens_by_itself=slug in REGULAR,
                    covers_all=not historic,
                    starts_on=FIRST_DAY if slug in REGULAR else programme.starts_on,
                )
                for report_type, days in owed
            )


def unload(apps, schema_editor):
    for name in ("ReportingObligation", "ReportType", "PublicHoliday"):
        model = apps.get_model("reports", name)
        if name == "ReportType":
            model.objects.filter(level="province").delete()
        model.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_guards"),
        ("coordination", "0002_national_programmes"),
    ]

    operations = [
        migrations.RunPython(load_catalogue, unload),
        migrations.RunPython(load_holidays, migrations.RunPython.noop),
    ]
