"""The criteria of residential areas as five lines, so that an area assesses itself against each.

The first three in short words after Thông tư 124/2021/TT-BCA, Điều 5 (read at second hand); the last two are for
administrators to enter. A rule whose words somebody has changed already stays as it is.
"""

from django.db import migrations

PLACEHOLDER = "Theo các tiêu chí tại Thông tư 124/2021/TT-BCA (quản trị nhập nguyên văn từng tiêu chí tại đây)."
AREAS = "\n".join(
    (
        "Tiêu chí 1 (tóm tắt): quý I, chi bộ có nghị quyết, khu dân cư đăng ký phấn đấu đạt tiêu chuẩn; "
        "100% hộ đang cư trú đăng ký tham gia.",
        "Tiêu chí 2 (tóm tắt): thực hiện đầy đủ chủ trương, pháp luật và quy định của địa phương về bảo đảm "
        "an ninh, trật tự.",
        "Tiêu chí 3 (tóm tắt): không để xảy ra một trong các trường hợp mà Thông tư đã liệt kê.",
        "Tiêu chí 4: theo Thông tư 124/2021/TT-BCA (quản trị nhập nguyên văn).",
        "Tiêu chí 5: theo Thông tư 124/2021/TT-BCA (quản trị nhập nguyên văn).",
    )
)


def fill(apps, schema_editor):
    rules = apps.get_model("models_registry", "CertificationRule").objects.filter(kind="area")
    rules.filter(criteria=PLACEHOLDER).update(criteria=AREAS)


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0003_self_assessment_by_criteria")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
