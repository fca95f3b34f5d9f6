from django.core.management.base import BaseCommand

from portal.units.loading import load_units


class Command(BaseCommand):
    help = (
        "Nạp đơn vị hành chính, tên gọi qua các thời kỳ và quan hệ kế thừa. Chạy lại không làm thay đổi gì."
    )

    def handle(self, **options):
        done = load_units()
        if not done["made"] and not done["changed"]:
            self.stdout.write(f"Không có gì thay đổi ({done['same']} dòng đã đúng).")
        else:
            self.stdout.write(
                f"Thêm {done['made']} dòng, sửa {done['changed']} dòng, giữ nguyên {done['same']} dòng."
            )
