"""The two national programmes, one succeeding the other, and the question which programme is the most local."""

from datetime import date

from django.db import migrations

# The same as CoordinationProgramQuerySet.local_to; the log's triggers ask it when a row names no programme.
LOCAL_PROGRAMME = """
    CREATE FUNCTION local_programme(of_unit bigint, on_day date) RETURNS bigint LANGUAGE sql STABLE AS $$
        WITH RECURSIVE above AS (
            SELECT id, parent_id, 0 AS distance FROM units_adminunit WHERE id = of_unit
            UNION ALL
            SELECT u.id, u.parent_id, above.distance + 1 FROM units_adminunit u JOIN above ON u.id = above.parent_id
        )
        SELECT p.id FROM coordination_coordinationprogram p LEFT JOIN above ON above.id = p.unit_id
        WHERE (p.unit_id IS NULL OR above.id IS NOT NULL)
        AND p.starts_on <= on_day AND (p.ends_on IS NULL OR p.ends_on >= on_day)
        ORDER BY above.distance NULLS LAST, p.starts_on DESC, p.id DESC LIMIT 1
    $$;
"""


def add_national_programmes(apps, schema_editor):
    """Sources: the five documents name programme 09; its successor and the days in force are in the project's facts."""
    CoordinationProgram = apps.get_model("coordination", "CoordinationProgram")
    successor = CoordinationProgram.objects.create(
        number="07/CTrPH-BCA-MTTW",
        title="Chương trình phối hợp giữa Bộ Công an và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam "
        "về thực hiện phong trào Toàn dân bảo vệ an ninh Tổ quốc, giai đoạn 2023–2033",
        signed_on=date(2023, 10, 17),
        starts_on=date(2023, 10, 17),
        ends_on=date(2033, 10, 16),
        level="nation",
    )
    CoordinationProgram.objects.create(
        number="09/CTr-BCA-MTTW",
        title="Chương trình phối hợp giữa Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam "
        "và các tổ chức thành viên với Bộ Công an về “Đẩy mạnh phong trào toàn dân bảo vệ an ninh Tổ quốc "
        "trong tình hình mới”",
        signed_on=date(2013, 8, 1),
        starts_on=date(2013, 8, 1),
        ends_on=date(2023, 10, 16),
        level="nation",
        successor=successor,
    )


class Migration(migrations.Migration):
    dependencies = [("coordination", "0001_initial")]
    operations = [
        migrations.RunSQL(LOCAL_PROGRAMME, "DROP FUNCTION local_programme(bigint, date);"),
        migrations.RunPython(add_national_programmes, migrations.RunPython.noop),
    ]
