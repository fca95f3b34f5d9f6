"""A real portal for these tests: gunicorn, a database of their own, Chromium; with jobs also Celery."""

import os
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from portal.embedded.processes import Child, Family

BASE_DIR = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """Where this machine keeps a Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@contextmanager
def launched(path: str | None) -> Iterator:
    """A Chromium, closed afterwards."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; Django asks
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """The running portal: its address, and its children ("web", "worker", "scheduler") as named."""

    def __init__(self, folder: Path, names: tuple[str, ...]):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        # What it works on is thrown away afterwards: nothing is lost by not waiting for its good order.
        self.family = Family(folder / "pids", environment, patience=1.0)
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "--app", "portal", "--quiet"]
        commands = {
            "web": [
                *python,
                "gunicorn",
                "portal.wsgi",
                f"--bind=127.0.0.1:{self.port}",
                "--workers=2",
                "--preload",
            ],
            "worker": [*celery, "worker", "--concurrency=1", "--without-gossip", "--without-mingle"],
            "scheduler": [*celery, "beat", "--pidfile=", f"--schedule={folder / 'schedule'}"],
        }
        self.family.children = [Child(name, commands[name], folder / name) for name in names]
        self.logs = folder

    def start(self) -> None:
        os.chdir(BASE_DIR)
        self.family.start()
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if urllib.request.urlopen(f"{self.address}/healthz", timeout=2).status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.logs / "web").read_text(errors="replace")[-3000:])

    def stop(self) -> None:
        self.family.stop()


@pytest.fixture
def children() -> tuple[str, ...]:
    """What these tests need of the portal. Where a page starts a job, also "worker" and "scheduler"."""
    return ("web",)


@pytest.fixture
def portal(live_db, tmp_path, children) -> Iterator[Portal]:
    """The portal on the test's own database, which is thrown away afterwards."""
    running = Portal(tmp_path, children)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the session, or a skip where there is none (in CI that is a failure)."""
    path = chromium_path()
    if not path:
        reason = "Chromium is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with launched(path) as browser:
        yield browser


@pytest.fixture
def new_page(chromium, portal):
    """`new_page(width=…, javascript=…)`: a page with cookies of its own, on the portal."""
    contexts = []

    def make(*, width: int = 1280, javascript: bool = True):
        context = chromium.new_context(
            base_url=portal.address,
            locale="vi-VN",
            timezone_id=settings.TIME_ZONE,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
