"""A real Celery worker on the file-system broker, as a process that a test may kill."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency=1", "--loglevel=WARNING"]


@contextlib.contextmanager
def worker(folder: Path, *, scheduler: bool = False):
    """A running worker (with the scheduler in it); its process group is gone afterwards."""
    extra = ["-B", "--schedule", str(folder / "schedule")] if scheduler else []
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with open(folder / "worker.log", "ab") as log:
        process = subprocess.Popen(
            COMMAND + extra,
            cwd=BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL the worker and its children, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(question, seconds: float, what: str):
    """The first true answer, asked every 20 ms; AssertionError after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")
