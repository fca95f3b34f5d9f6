"""manage.py restore: a backup into an empty database, or in place of what is there."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.backup import archive, database


class Command(BaseCommand):
    help = "Khôi phục từ bản sao lưu. Cơ sở dữ liệu phải trống, trừ khi có --replace."

    def add_arguments(self, parser):
        parser.add_argument("file", help="Tệp do lệnh backup tạo ra")
        parser.add_argument(
            "--replace", action="store_true", help="Xóa dữ liệu đang có và thay bằng bản sao lưu"
        )

    def handle(self, *args, file: str, replace: bool, **options):
        """Check every byte first; then database in one transaction, media, and a recount of the tallies."""
        if not replace and not database.is_empty():
            raise CommandError("Cơ sở dữ liệu đang có dữ liệu. Thêm --replace nếu muốn xóa và thay thế.")
        source = Path(file).resolve()
        try:
            with tempfile.TemporaryDirectory(dir=source.parent, prefix=".restore-") as work:
                self.stdout.write("1/3 Kiểm tra và mở bản sao lưu…")
                manifest = archive.unpack(source, Path(work))
                connection.close()
                self.stdout.write("2/3 Nạp cơ sở dữ liệu…")
                database.load(Path(work) / archive.DUMP, Path(work) / "restore.sql", replace=replace)
                self.stdout.write("3/3 Chép ảnh, tệp…")
                put_media(Path(work) / archive.MEDIA, Path(settings.MEDIA_ROOT))
        except (archive.BadArchive, database.DatabaseToolError, OSError) as error:
            raise CommandError(f"Không khôi phục được: {error}") from error
        self.stdout.write(f"Đã khôi phục bản sao lưu lúc {manifest['made_at']}.")
        self.verify()

    def reapply_takedowns(self) -> None:
        """What was taken down since the backup was made is in it: take it down again."""
        if "reapply_takedowns" in get_commands():
            call_command("reapply_takedowns", stdout=self.stdout, stderr=self.stderr)

    def verify(self) -> None:
        """Recount the tallies, where this code's tables are all there."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(
                "Bản sao lưu cũ hơn phần mềm: chạy migrate, "
                "rồi reapply_takedowns, purge_tips và verify_tallies."
            )
            return
        self.reapply_takedowns()
        if "purge_tips" in get_commands():  # what was deleted since the backup was made goes again
            call_command("purge_tips", stdout=self.stdout, stderr=self.stderr)
        if "verify_tallies" in get_commands():
            call_command("verify_tallies", stdout=self.stdout, stderr=self.stderr)


def put_media(source: Path, target: Path) -> None:
    """Move the files below `source` to their places, over files of the same name."""
    for path in sorted(source.rglob("*")) if source.exists() else []:
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)
