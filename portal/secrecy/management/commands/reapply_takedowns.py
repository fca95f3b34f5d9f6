"""manage.py reapply_takedowns: take down again, in a restored database, what had been taken down."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.secrecy import tombstone_list
from portal.secrecy.takedown import take_down_again
from portal.secrecy.tombstones import Takedown


class Command(BaseCommand):
    help = "Gỡ lại, trong cơ sở dữ liệu vừa khôi phục, những nội dung đã gỡ trước đó."

    def add_arguments(self, parser):
        parser.add_argument("--list", default=settings.TAKEDOWN_LIST, help="Tệp danh sách các lần gỡ")

    def handle(self, *args, list: str, **options):
        """Every tombstone of the list that the database does not know; 0 again when all are known."""
        known = {str(token) for token in Takedown.objects.values_list("client_token", flat=True)}
        lines = [line for line in tombstone_list.lines(list) if line["client_token"] not in known]
        done = [line for line in lines if take_down_again(line=line, by=self._user(line))]
        absent = len(lines) - len(done)
        self.stdout.write(f"Đã gỡ lại {len(done)} nội dung; {absent} nội dung không có trong bản này.")

    def _user(self, line: dict) -> User:
        """Who took it down; the backup may be older than the account: then any administrator of it."""
        found = User.objects.filter(username=line["by"]).first()
        found = found or User.objects.filter(postings__role="admin").first()
        if found is None:
            raise CommandError(
                "Bản khôi phục không có tài khoản quản trị nào: tạo một tài khoản rồi chạy lại."
            )
        return found
