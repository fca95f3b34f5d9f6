"""Child processes that leave no orphans: each leads a group of its own and is written down."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A child that ran this long was healthy: its next death is a new story.
HEALTHY_AFTER = 60.0


def started_at(pid: int) -> str | None:
    """When process `pid` started, in clock ticks since boot, or None when gone: numbers are reused."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def end_groups(leaders: list[int], *, patience: float) -> None:
    """Ask `leaders` to end; kill what is left of their process groups after `patience` seconds.

    Only the leaders are asked: gunicorn and Celery end their own workers, and wait for those in good order.
    """
    for leader in leaders:
        with contextlib.suppress(ProcessLookupError):
            os.kill(leader, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(_group_alive(leader) for leader in leaders):
        time.sleep(0.05)
    for leader in leaders:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)


def _group_alive(leader: int) -> bool:
    # A zombie leader that nobody has waited for yet still answers to signal 0.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(leader, os.WNOHANG)
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return any(started_at(pid) is not None for pid in _members(leader))


def _members(group: int) -> list[int]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    members = []
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(pid) == group:
                members.append(pid)
    return members


@dataclass
class Child:
    """One program that is kept running; its output goes to `log`."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen | None = None
    began: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        """Start the program as leader of its own process group."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                process_group=0,
            )
        self.began = time.monotonic()

    def died(self) -> bool:
        """Whether it ran and has ended."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Forget the dead process; the next start is due after a pause that doubles while it keeps dying."""
        if time.monotonic() - self.began > HEALTHY_AFTER:
            self.pause = FIRST_PAUSE
        self.due = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None


@dataclass
class Family:
    """The children of one supervisor and the file by which the next one finds them if it is killed."""

    register: Path
    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    # Seconds that a child may take to end in good order.
    patience: float = 10.0

    def start(self) -> None:
        """Start all children."""
        for child in self.children:
            child.start(self.environment)
        self._write_down()

    def tend(self, say: Callable[[str], None]) -> None:
        """Notice the dead, start again those whose pause is over."""
        for child in self.children:
            if child.died():
                code, group = child.process.returncode, child.process.pid
                end_groups([group], patience=1)
                child.plan_restart()
                say(f"{child.name} đã dừng (mã {code}) và sẽ được chạy lại; xem {child.log}")
            if child.process is None and time.monotonic() >= child.due:
                child.start(self.environment)
                self._write_down()

    def stop(self) -> None:
        """End all children with whatever they started."""
        end_groups([child.process.pid for child in self.children if child.process], patience=self.patience)
        self.register.unlink(missing_ok=True)

    def _write_down(self) -> None:
        pids = [child.process.pid for child in self.children if child.process]
        self.register.write_text(json.dumps({str(pid): started_at(pid) for pid in pids}))


def end_leftovers(register: Path) -> list[int]:
    """End the children that a killed supervisor left, never a stranger with one of their numbers."""
    try:
        known: dict[str, str] = json.loads(register.read_text())
    except (OSError, ValueError):
        return []
    ours = [int(pid) for pid, start in known.items() if start and started_at(int(pid)) == start]
    end_groups(ours, patience=3)
    register.unlink(missing_ok=True)
    return ours
