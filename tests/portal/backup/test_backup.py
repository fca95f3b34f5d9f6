"""A backup brings everything back, and half a backup is refused before anything is touched."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from psycopg import sql

from tests.factories.activities import new_session
from tests.factories.cast import make_cast

BASE_DIR = Path(__file__).resolve().parents[3]


class Place:
    """A database and a media folder that commands run on."""

    def __init__(self, server, name: str, media: Path):
        self.server, self.name, self.media = server, name, media
        media.mkdir(exist_ok=True)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        ours = {
            "DATABASE_URL": self.server.url(self.name),
            "MEDIA_ROOT": str(self.media),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=BASE_DIR, env=os.environ | ours, capture_output=True, text=True)

    def contents(self) -> dict[str, tuple]:
        """Row count and a digest over all rows, a table."""
        with psycopg.connect(self.server.dsn(self.name)) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            digest = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
            return {
                name: connection.execute(sql.SQL(digest).format(sql.Identifier(name))).fetchone()
                for (name,) in tables.fetchall()
            }

    def triggers(self) -> set[tuple]:
        with psycopg.connect(self.server.dsn(self.name)) as connection:
            listed = (
                "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
            )
            return set(connection.execute(listed).fetchall())


@pytest.fixture
def filled(live_db, tmp_path):
    cast = make_cast()
    new_session(cast.officer, attendances=67).save()
    place = Place(live_db.server, live_db.name, tmp_path / "media")
    (place.media / "ảnh").mkdir()
    (place.media / "ảnh" / "đêm hội.jpg").write_bytes(os.urandom(70_000))
    return place


@pytest.fixture
def empty(live_db, tmp_path):
    name = f"restored_{live_db.name}"
    with psycopg.connect(live_db.server.dsn("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield Place(live_db.server, name, tmp_path / "restored-media")
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def back_up(place: Place, folder: Path) -> Path:
    done = place.manage("backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    return file


def test_a_backup_brings_everything_back_and_replaces_on_demand_only(filled, empty, tmp_path):
    file = back_up(filled, tmp_path / "backups")
    assert file.stat().st_mode & 0o077 == 0

    done = empty.manage("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "0 differences" in done.stdout
    assert empty.contents() == filled.contents()
    assert empty.contents()["awareness_awarenesssession"][0] == 1
    assert empty.triggers() == filled.triggers() != set()
    picture = Path("ảnh") / "đêm hội.jpg"
    assert (empty.media / picture).read_bytes() == (filled.media / picture).read_bytes()

    done = empty.manage("restore", str(file))
    assert done.returncode == 1 and "Thêm --replace" in done.stderr
    with psycopg.connect(empty.server.dsn(empty.name)) as connection:
        connection.execute("CREATE TABLE leftover ()")
        connection.execute("DELETE FROM awareness_awarenesssession")
    done = empty.manage("restore", str(file), "--replace")
    assert done.returncode == 0, done.stderr
    assert empty.contents() == filled.contents()


def test_a_damaged_backup_is_refused_and_the_database_left_alone(filled, empty, tmp_path):
    file = back_up(filled, tmp_path / "backups")
    whole, before = file.read_bytes(), filled.contents()

    file.write_bytes(whole[: len(whole) // 2])
    done = filled.manage("restore", str(file), "--replace")
    assert done.returncode == 1 and file.name in done.stderr and "Không khôi phục được" in done.stderr
    assert "Traceback" not in done.stderr

    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    done = empty.manage("restore", str(file))
    assert done.returncode == 1 and "không khớp bảng kê" in done.stderr
    assert empty.contents() == {} and filled.contents() == before


def test_restore_of_no_file_says_so(live_db, tmp_path):
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("restore", str(tmp_path / "không có.tar"), "--replace")
