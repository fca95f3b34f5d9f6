"""manage.py open_contacts: the opener, the one process that holds the private key of contacts."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from programs.tips.keyring import key_ring
from programs.tips.opening import open_wanted

log = logging.getLogger("programs.tips")
EVERY_S = 1.0


class Command(BaseCommand):
    help = "Mở thông tin liên hệ đã được hai người đồng ý. Chạy liên tục, ở tiến trình riêng giữ khóa riêng."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Làm một lượt rồi dừng")

    def handle(self, *args, once: bool, **options):
        """Every second: open what was agreed to. A database that is away is waited for."""
        ring = key_ring()
        if once:
            self.stdout.write(f"Đã mở {open_wanted(ring)}.")
            return
        while True:
            close_old_connections()
            try:
                open_wanted(ring)
            except DatabaseError as error:
                log.warning("opener: %s", type(error).__name__)
            time.sleep(EVERY_S)
