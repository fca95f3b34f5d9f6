"""Load the demo: accounts and the two cases. Never into a database that serves real people."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import (
    cases,
    joint,
    people,
    programmes,
    province_board,
    registry,
    registry_rows,
    taken_down,
    tips,
    unfinished,
)
from portal.inbox import actions as inbox


class Command(BaseCommand):
    help = "Nạp tài khoản và số liệu minh họa (chỉ khi DEMO=1)."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Chỉ nạp số liệu minh họa khi chạy thử (DEMO=1).")
        people.admin()
        report = cases.thai_hoa_2020()
        self.stdout.write(f"Thị xã Thái Hòa 2020: {report}, {report.get_state_display()}.")
        registry_rows.ha_tinh()  # before the reports that count it
        cases.ha_tinh_months()
        joint.together()
        unfinished.load()
        self.stdout.write("Hà Tĩnh: nhật ký 14 tháng, báo cáo hai tháng gần nhất của năm xã, phường.")
        people.province_admin("42")
        people.national_reader()
        taken_down.load()
        tips.load()
        registry.load()
        self.stdout.write("Mô hình: Thanh Hóa, Hà Nội, Thái Hòa theo nguồn đã công bố.")
        programmes.load()
        province_board.load()
        self.stdout.write(
            "Chương trình phối hợp: A Lưới, Thanh Hóa, Hà Nội theo nguồn; kế hoạch năm của Thành Sen."
        )
        inbox.run()  # what is due today; from then on the schedule does it every hour
