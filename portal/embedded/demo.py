"""The supervisor of `make demo`: PostgreSQL, web, worker and scheduler, no orphans."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from portal.embedded.instance import (
    HOST,
    Stopped,
    only_one,
    refuse_taken_port,
    stop_on_signals,
    stop_running,
)
from portal.embedded.postgres import EmbeddedPostgres
from portal.embedded.processes import Child, Family, end_leftovers
from portal.embedded.server_user import EmbeddedError

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE = "portal"
WEB_PATIENCE = 90.0
# What the database and the static files are made from; unchanged, they need not be made again.
SOURCES = ("uv.lock", "portal", "programs", "reports", "static", "templates", "demo")


class Demo:
    """One demo on one state folder and one port."""

    def __init__(self, var: Path, port: int):
        self.var = var.resolve()
        self.port = port
        self.postgres = EmbeddedPostgres(self.var / "pg", settings={"max_connections": "60"})
        self.family = Family(self.var / "demo.pids", self._environment())

    @property
    def address(self) -> str:
        """Where people go."""
        return f"http://{HOST}:{self.port}"

    def run(self) -> None:
        """Start everything, say where to go, keep it running until told to stop. Raises EmbeddedError."""
        with only_one(self.var, self.port), stop_on_signals():
            try:
                self._start()
                while True:
                    self.family.tend(say)
                    self.postgres.start()
                    time.sleep(0.5)
            except Stopped:
                say("Đang dừng…")
            finally:
                self._stop()

    def _start(self) -> None:
        end_leftovers(self.family.register)
        refuse_taken_port(self.port)
        shutil.rmtree(self.var / "tmp", ignore_errors=True)
        for folder in ("log", "tmp", "broker/queue", "broker/control"):
            (self.var / folder).mkdir(parents=True, exist_ok=True)
        say("Đang khởi động PostgreSQL…")
        self.postgres.start()
        self._prepare()
        self.family.children = self._children()
        self.family.start()
        self._wait_for_web()
        self._welcome()

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.family.stop()
        self.postgres.stop()

    def _environment(self) -> dict[str, str]:
        ours = {
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": self.postgres.url(DATABASE),
            "VAR_DIR": str(self.var),
            "STATIC_ROOT": str(self.var / "static"),
            "TMPDIR": str(self.var / "tmp"),
            "PYTHONPATH": str(BASE_DIR),
            "PYTHONUNBUFFERED": "1",
        }
        # A broker, storage or database of the caller's must not leak into the demo.
        foreign = {"REDIS_URL", "MEDIA_ROOT", "BROKER_DIR", "SECRET_KEY", "ALLOWED_HOSTS"}
        return {key: value for key, value in os.environ.items() if key not in foreign} | ours

    def _prepare(self) -> None:
        """Database, units, demo cases and static files, unless they were made from exactly these sources."""
        stamp, state = self.var / "prepared", sources_hash()
        if stamp.exists() and stamp.read_text() == state:
            return
        stamp.unlink(missing_ok=True)
        command = [sys.executable, "-m", "portal.embedded.prepare"]
        done = subprocess.run(command, cwd=BASE_DIR, env=self.family.environment)
        if done.returncode:
            raise EmbeddedError("Không chuẩn bị được cơ sở dữ liệu (xem lỗi ở trên).")
        stamp.write_text(state)

    def _children(self) -> list[Child]:
        python, logs = [sys.executable, "-m"], self.var / "log"
        celery = [*python, "celery", "--app", "portal", "--quiet"]
        bind = f"--bind={HOST}:{self.port}"
        web = [
            *python,
            "gunicorn",
            "portal.wsgi",
            bind,
            "--workers=2",
            "--timeout=65",
            "--preload",
            "--no-control-socket",
        ]
        worker = ["worker", "--concurrency=2", "--loglevel=INFO"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        beat = ["beat", "--loglevel=INFO", "--pidfile=", f"--schedule={self.var / 'celerybeat-schedule'}"]
        return [
            Child("web", [*web, f"--chdir={BASE_DIR}"], logs / "web.log"),
            Child("worker", [*celery, f"--workdir={BASE_DIR}", *worker, *quiet], logs / "worker.log"),
            # The one process of the demo that opens contacts of tips.
            Child(
                "opener", [sys.executable, str(BASE_DIR / "manage.py"), "open_contacts"], logs / "opener.log"
            ),
            Child("scheduler", [*celery, f"--workdir={BASE_DIR}", *beat], logs / "scheduler.log"),
        ]

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + WEB_PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, urllib.error.URLError):
                if urllib.request.urlopen(f"{self.address}/healthz", timeout=5).status == 200:
                    return
            if self.family.children[0].died():
                break
            time.sleep(0.1)
        log = self.var / "log" / "web.log"
        end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise EmbeddedError(f"Trang web không trả lời.\n{end}\nXem {log}")

    def _welcome(self) -> None:
        accounts = self.var / "demo-accounts.txt"
        if accounts.exists():
            say(accounts.read_text())
        say(f"Ready: {self.address}")


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)


def sources_hash() -> str:
    """SHA-256 over every file that the prepared state is made from."""
    digest = hashlib.sha256()
    for root in SOURCES:
        base = BASE_DIR / root
        for path in sorted([base] if base.is_file() else base.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def clean(var: Path) -> None:
    """Stop the demo on `var`, however it was left, and remove its state. Raises EmbeddedError."""
    stop_running(var)
    end_leftovers(var / "demo.pids")
    EmbeddedPostgres(var / "pg").destroy()
    for name in ("log", "tmp", "broker", "media", "static"):
        shutil.rmtree(var / name, ignore_errors=True)
    for path in var.glob("celerybeat-schedule*"):
        path.unlink()
    for name in ("prepared", "demo-loaded", "demo-accounts.txt", "demo.lock"):
        (var / name).unlink(missing_ok=True)
