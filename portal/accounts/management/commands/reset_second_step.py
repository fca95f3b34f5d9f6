"""manage.py reset_second_step: for the last administrator, who has lost phone and recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from portal.accounts import second_factor
from portal.accounts.fields import normalise_username
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Gỡ xác thực hai bước của một tài khoản khi không còn quản trị nào khác gỡ được."

    def add_arguments(self, parser):
        parser.add_argument("username", help="Tên đăng nhập")

    def handle(self, *args, username: str, **options):
        """Take it off and end the account's sessions; administrators set it up anew at the next sign-in."""
        user = User.objects.filter(username=normalise_username(username)).first()
        if user is None:
            raise CommandError(f"Không có tài khoản {username}.")
        second_factor.reset(user=user, by=None)
        self.stdout.write(f"Đã gỡ xác thực hai bước của {user.username}.")
