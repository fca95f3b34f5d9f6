"""The databases of a test session: one embedded server, a template a state of the code, a clone a session.

Several sessions (xdist workers, two terminals) share the server. Two file locks order them: `gate` is held
while the server is started or stopped and while databases are made; `users` is shared by all sessions, so
that whoever can take it alone is the last and stops the server.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from portal.embedded.postgres import SUPERUSER, UNSAFE_BUT_FAST, EmbeddedPostgres
from portal.embedded.server_user import EmbeddedError

BASE_DIR = Path(__file__).resolve().parent.parent
SHARED = BASE_DIR / "var"
# What the template is made of. Triggers come with migrations, reference data with commands and their CSVs.
INGREDIENTS = (
    "uv.lock",
    "tests/database.py",
    "tests/template.py",
    "**/migrations/*.py",
    "**/management/commands/load_units.py",
    "portal/units/*.py",
    "**/data/*.csv",
)


class TestDatabase:
    """The database of this session, cloned from the template."""

    __test__ = False

    def __init__(self) -> None:
        SHARED.mkdir(exist_ok=True)
        self.server = EmbeddedPostgres(SHARED / "test-pg", settings=UNSAFE_BUT_FAST)
        self.template = f"template_{ingredients_hash()}"
        self.name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        self._users = open(SHARED / "test-pg.users.lock", "a")  # noqa: SIM115 - held for the whole session

    @property
    def url(self) -> str:
        """The DATABASE_URL of this session's database."""
        return self.server.url(self.name)

    def open(self) -> None:
        """Start the server if it does not run, build the template if there is none, clone it."""
        self.prepare()
        self.renew()

    def prepare(self) -> None:
        """The same without a clone: for who only sees to it that others find the template."""
        with self._gate():
            fcntl.flock(self._users, fcntl.LOCK_SH)
            self._start()
            with self._admin() as admin:
                _drop_leftovers(admin)
                if not _exists(admin, self.template):
                    self._build_template(admin)

    def use(self) -> None:
        """Point Django and the environment, which subprocesses inherit, at this database."""
        os.environ["DATABASE_URL"] = self.url
        place = {"NAME": self.name, "HOST": "", "PORT": "", "USER": SUPERUSER}
        for settings_dict in (settings.DATABASES["default"], connections["default"].settings_dict):
            settings_dict |= place
            settings_dict["OPTIONS"]["host"] = str(self.server.socket_folder)

    def renew(self) -> None:
        """Throw the database away, whoever is connected to it, and clone it anew."""
        with self._gate():
            self._clone()

    def close(self) -> None:
        """Drop the database and leave."""
        with self._gate(), self._admin() as admin:
            _drop(admin, self.name)
        self.leave()

    def leave(self) -> None:
        """The last session stops the server."""
        with self._gate():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.server.stop()
            self._users.close()

    def _start(self) -> None:
        try:
            self.server.start()
        except EmbeddedError:
            # It runs without fsync: after a power cut it may not start. Nothing in it is worth keeping.
            self.server.destroy()
            self.server.start()

    def _clone(self) -> None:
        with self._admin() as admin:
            _drop(admin, self.name)
            _create(admin, self.name, template=self.template)

    def _build_template(self, admin: psycopg.Connection) -> None:
        """In a subprocess, as an administrator would; renamed when whole: half a template is never used."""
        half = f"half_{self.template}"
        _drop(admin, half)
        _create(admin, half, template="template0")
        self._fill(half)
        names = map(sql.Identifier, (half, self.template))
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def _fill(self, database: str) -> None:
        environment = os.environ | {
            "DATABASE_URL": self.server.url(database),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "-m", "tests.template"]
        done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"The template could not be made:\n{done.stdout}{done.stderr}")

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self.server.dsn("postgres"), autocommit=True)

    @contextlib.contextmanager
    def _gate(self) -> Iterator[None]:
        with open(SHARED / "test-pg.gate.lock", "a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield


def ingredients_hash() -> str:
    """16 hexadecimal digits over everything that the template is built from."""
    digest = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(BASE_DIR.glob(pattern)):
            relative = path.relative_to(BASE_DIR)
            if relative.parts[0] not in {"var", ".venv", ".venv-bootstrap"}:
                digest.update(f"{relative}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _create(admin: psycopg.Connection, name: str, *, template: str) -> None:
    # Files copied, not logged page by page: right for a server that may lose them.
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_leftovers(admin: psycopg.Connection) -> None:
    """Databases of sessions that were killed, and all but the three newest templates."""
    rows = admin.execute(
        r"SELECT datname FROM pg_database WHERE datname ~ '^(test|half|template)_' ORDER BY oid DESC"
    )
    names = [name for (name,) in rows]
    templates = [name for name in names if name.startswith("template_")]
    dead = [name for name in names if name.startswith("test_") and not _alive(int(name.split("_")[2]))]
    for name in [*templates[3:], *dead, *(name for name in names if name.startswith("half_"))]:
        _drop(admin, name)


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
