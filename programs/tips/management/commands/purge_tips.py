"""manage.py purge_tips: delete the tips whose term is over."""

from django.core.management.base import BaseCommand

from programs.tips.keeping import purge


class Command(BaseCommand):
    help = "Xóa nguồn tin hết thời hạn lưu cùng tệp và trao đổi; giữ lại số để thống kê."

    def handle(self, *args, **options):
        """Safe to run at any time and again."""
        self.stdout.write(f"Đã xóa {purge()} nguồn tin hết thời hạn lưu.")
