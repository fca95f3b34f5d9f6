"""Redis as broker: tasks arrive, a web request does not hang when it is gone, the worker finds it again."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.embedded.processes import Child, Family

BASE_DIR = Path(__file__).resolve().parents[2]
SEND = """
import time, django
django.setup()
from kombu.exceptions import OperationalError
from portal.jobs.tasks import sweep
began = time.monotonic()
try:
    sweep.delay()
    print("sent", time.monotonic() - began)
except OperationalError:
    print("refused", time.monotonic() - began)
"""
pytestmark = pytest.mark.redis


@pytest.fixture
def redis(tmp_path):
    program = shutil.which("redis-server")
    if program is None:
        reason = "redis-server is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    family = Family(tmp_path / "redis.pids", os.environ, [Child("redis", command, tmp_path / "redis.log")])
    family.port = port
    yield family
    family.stop()


def environment(redis):
    ours = {"TEST_REDIS_URL": f"redis://127.0.0.1:{redis.port}/0", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return os.environ | ours


def send(redis) -> tuple[str, float]:
    command = [sys.executable, "-c", SEND]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment(redis), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    word, seconds = done.stdout.split()
    return word, float(seconds)


def wait_for(log: Path, text: str, times: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if log.exists() and log.read_text(errors="replace").count(text) >= times:
            return
        time.sleep(0.1)
    raise AssertionError(f"{times} × {text!r} not in:\n{log.read_text(errors='replace')[-2000:]}")


def test_redis_carries_tasks_and_its_absence_costs_seconds_only(redis, live_db, tmp_path):
    word, seconds = send(redis)
    assert word == "refused" and seconds < 8

    redis.start()
    log = tmp_path / "worker.log"
    celery = [sys.executable, "-m", "celery", "--app", "portal", "worker", "--pool=solo", "--loglevel=INFO"]
    worker = Family(tmp_path / "worker.pids", environment(redis), [Child("worker", celery, log)])
    worker.patience = 3
    worker.start()
    try:
        wait_for(log, " ready.", 1)
        assert send(redis)[0] == "sent"
        wait_for(log, "succeeded", 1)

        redis.stop()
        assert send(redis)[0] == "refused"
        redis.start()
        wait_for(log, "Connected to redis", 2)
        assert send(redis)[0] == "sent"
        wait_for(log, "succeeded", 2)
    finally:
        worker.stop()
