"""Partners and movements that every commune has; admins add to them."""

from django.db import migrations

from portal.units.text import vietnamese_sort_key

PARTNERS = {
    "member": (
        "Hội Liên hiệp Phụ nữ",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "Hội Nông dân",
        "Hội Cựu chiến binh",
        "Công đoàn",
        "Hội Người cao tuổi",
        "Hội Chữ thập đỏ",
        "Ban công tác Mặt trận ở khu dân cư",
    ),
    "school": ("Trường học trên địa bàn",),
    "health": ("Bệnh viện, trạm y tế",),
    "border": ("Bộ đội Biên phòng",),
    "army": ("Ban Chỉ huy Quân sự",),
    "court": ("Tòa án nhân dân", "Viện kiểm sát nhân dân"),
    "government": ("Ủy ban nhân dân",),
    "company": ("Doanh nghiệp trên địa bàn",),
    "religion": ("Tổ chức tôn giáo trên địa bàn",),
    "grassroots": ("Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở", "Tổ hòa giải ở cơ sở"),
}
MOVEMENTS = (
    "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
    "Toàn dân đoàn kết xây dựng đời sống văn hóa ở khu dân cư",
    "Đoàn kết sáng tạo",
    "Vì người nghèo",
    "Toàn dân tham gia bảo đảm trật tự, an toàn giao thông",
    "Toàn dân tham gia phòng, chống ma túy",
)


def fill(apps, schema_editor):
    partner, movement = (apps.get_model("partners", name) for name in ("Partner", "LinkedMovement"))
    for kind, names in PARTNERS.items():
        for name in names:
            key = vietnamese_sort_key(name)
            partner.objects.get_or_create(name=name, unit=None, defaults={"kind": kind, "sort_key": key})
    for name in MOVEMENTS:
        movement.objects.get_or_create(name=name, defaults={"sort_key": vietnamese_sort_key(name)})


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_who_carried_it_out")]
    # The history of the catalogue keeps its first lines; records may point at it by then.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
