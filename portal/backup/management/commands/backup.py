"""manage.py backup: the whole database and the media in one file with checksums."""

import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.backup import archive, database


class Command(BaseCommand):
    help = "Sao lưu toàn bộ cơ sở dữ liệu và tệp đính kèm vào một tệp có mã kiểm tra."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", default=str(Path(settings.VAR_DIR) / "backups"), help="Thư mục nhận bản sao lưu"
        )

    def handle(self, *args, to: str, **options):
        """Write a new file into the folder `to` and print its path."""
        folder = Path(to)
        target = folder / time.strftime("cong-phoi-hop-%Y%m%d-%H%M%S.tar", time.gmtime())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Beside the target: a temporary folder elsewhere may be too small for the country.
            with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
                dump = Path(work) / "database.dump"
                database.dump(dump)
                count = archive.write(target, dump=dump, media=Path(settings.MEDIA_ROOT))
        except (database.DatabaseToolError, OSError) as error:
            raise CommandError(f"Không sao lưu được: {error}") from error
        self.stdout.write(f"Đã sao lưu {count} tệp, {target.stat().st_size} byte: {target}")
