"""`make demo` runs once a folder and once a port, mends what dies, and leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.embedded.demo import clean
from portal.embedded.instance import refuse_taken_port
from portal.embedded.postgres import EmbeddedPostgres
from portal.embedded.processes import end_leftovers, started_at
from portal.embedded.server_user import EmbeddedError

PATIENCE = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, what: str):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if result := true():
            return result
        time.sleep(0.05)
    raise AssertionError(f"not within {PATIENCE} s: {what}")


class Running:
    """The small demo as a process of its own."""

    def __init__(self, var: Path):
        self.var, self.port, self.started = var, free_port(), []

    def start(self, port: int | None = None) -> subprocess.Popen:
        environment = os.environ | {"VAR_DIR": str(self.var), "PORT": str(port or self.port)}
        command = [sys.executable, "-m", "tests.portal.embedded.family"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen(command, env=environment, **pipes)
        self.started.append(process)
        return process

    def start_and_wait(self) -> subprocess.Popen:
        process = self.start()
        for line in process.stdout:
            if line.startswith("Ready: "):
                assert line.strip() == f"Ready: http://127.0.0.1:{self.port}"
                return process
        raise AssertionError(f"ended without Ready, code {process.wait()}")

    def children(self) -> list[int]:
        return [int(pid) for pid in json.loads((self.var / "demo.pids").read_text())]

    def processes(self) -> list[int]:
        """All processes that the demo started, by the state folder in their environment or command line."""
        mark, found = str(self.var).encode(), []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and started_at(int(entry.name)):
                    text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                    found += [int(entry.name)] if mark in text else []
            except OSError:
                continue
        return found


@pytest.fixture
def demo(tmp_path):
    running = Running(tmp_path / "var")
    yield running
    for process in running.started:
        process.kill()
        process.communicate()
    clean(running.var)
    assert running.processes() == []


def test_sigterm_stops_children_their_workers_and_postgresql(demo):
    process = demo.start_and_wait()
    # web, its worker, the worker, PostgreSQL's postmaster and the supervisor
    assert len(demo.processes()) >= 5
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert demo.processes() == []
    assert not (demo.var / "demo.pids").exists()


def test_a_killed_supervisor_is_cleaned_up_after_and_a_dead_child_restarted(demo):
    demo.start_and_wait().kill()
    orphans = demo.children()
    assert all(started_at(pid) for pid in orphans)

    second = demo.start_and_wait()
    assert not any(started_at(pid) for pid in orphans)
    before = demo.children()
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: len(demo.children()) == 2 and demo.children()[0] != before[0], "web restarted")
    assert demo.children()[1] == before[1]

    refused = demo.start(free_port())
    output, _ = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 1
    assert f"Một bản demo khác đang chạy trên {demo.var} (pid {second.pid}" in output
    assert second.poll() is None

    clean(demo.var)
    assert second.wait(PATIENCE) == 0
    assert not (demo.var / "pg").exists()


def test_a_taken_port_is_said_and_another_one_proposed(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"Cổng {port} đang được .* make demo PORT={port + 1}"):
            refuse_taken_port(port)
        refused = demo.start(port)
        output, _ = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 1 and f"Cổng {port}" in output
    assert EmbeddedPostgres(demo.var / "pg").pid() is None


def test_a_stranger_with_the_number_of_a_dead_child_is_left_alone(tmp_path):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], process_group=0)
    register = tmp_path / "demo.pids"
    register.write_text(json.dumps({str(stranger.pid): "1"}))
    try:
        assert end_leftovers(register) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "tám nghìn", "٨٠٠٠"])
def test_a_senseless_port_is_refused_before_anything_starts(port, tmp_path):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "PORT": port}
    command = [sys.executable, "-m", "portal.embedded", "demo"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 2 and "PORT=1..65535" in done.stderr
    assert list(tmp_path.iterdir()) == []
