"""manage.py rotate_contact_key: all contacts over to the key that the web process seals with now."""

from django.core.management.base import BaseCommand, CommandError

from programs.tips.keyring import key_ring
from programs.tips.opening import rotate
from programs.tips.sealing import contact_key, key_id


class Command(BaseCommand):
    help = "Chuyển mọi thông tin liên hệ sang khóa công khai mới (TIP_CONTACT_KEY). Dừng thì chạy lại."

    def handle(self, *args, **options):
        """TIP_OPENER_KEYS holds the old private keys and the new one. Fails while any contact is left."""
        target = contact_key()
        ring = key_ring()
        if key_id(target) not in ring.keys:
            raise CommandError(
                "TIP_OPENER_KEYS thiếu khóa riêng của TIP_CONTACT_KEY: chuyển sang sẽ không mở được."
            )
        moved, left = rotate(ring, target, step=lambda done: self.stdout.write(f"… {done}"))
        self.stdout.write(f"Đã chuyển {moved} thông tin liên hệ sang khóa {key_id(target)}.")
        if left:
            raise CommandError(
                f"Còn {left} chưa chuyển: thiếu khóa cũ, hoặc lệnh khác đang chạy. Chưa hủy khóa cũ."
            )
        self.stdout.write("Không còn thông tin liên hệ nào theo khóa cũ.")
