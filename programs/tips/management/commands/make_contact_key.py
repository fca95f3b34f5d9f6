"""manage.py make_contact_key: a new pair of keys for contacts."""

from django.core.management.base import BaseCommand
from nacl.public import PrivateKey


class Command(BaseCommand):
    help = "Tạo cặp khóa thông tin liên hệ. Chạy ở máy giữ khóa; khóa riêng không để ở máy chủ web."

    def handle(self, *args, **options):
        """Print both halves; neither is written anywhere."""
        private = PrivateKey.generate()
        self.stdout.write(f"TIP_CONTACT_KEY={bytes(private.public_key).hex()}")
        self.stdout.write(f"TIP_OPENER_KEYS={bytes(private).hex()}")
