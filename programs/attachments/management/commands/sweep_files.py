"""manage.py sweep_files: remove files of the log that no row refers to."""

from django.core.management.base import BaseCommand

from programs.attachments.sweeping import sweep


class Command(BaseCommand):
    help = "Xóa tệp ảnh, tài liệu không còn bản ghi nào dùng, cũ hơn một ngày."

    def handle(self, *args, **options):
        self.stdout.write(f"Đã xóa {sweep()} tệp không còn dùng.")
