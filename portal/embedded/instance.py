"""One demo a state folder: the lock that says so, the port it needs, the signals that end it."""

import contextlib
import fcntl
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from portal.embedded.server_user import EmbeddedError

HOST = "127.0.0.1"


class Stopped(BaseException):
    """Somebody asked the demo to end."""


@contextlib.contextmanager
def only_one(var: Path, port: int) -> Iterator[None]:
    """Hold the state folder; a second demo on it is refused. Raises EmbeddedError."""
    var.mkdir(parents=True, exist_ok=True)
    with open(var / "demo.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise EmbeddedError(
                f"Một bản demo khác đang chạy trên {var} ({lock.read().strip()}). "
                "Hãy dừng bản đó (Ctrl-C hoặc make clean-demo), hoặc đặt VAR_DIR khác."
            ) from None
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}, http://{HOST}:{port}\n")
        lock.flush()
        yield


@contextlib.contextmanager
def stop_on_signals() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal raise Stopped in here."""

    def stop(*_):
        raise Stopped

    before = {
        number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def refuse_taken_port(port: int) -> None:
    """Raises EmbeddedError when another program listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise EmbeddedError(
                f"Cổng {port} đang được chương trình khác sử dụng hoặc không dùng được ({error.strerror}). "
                f"Hãy chọn cổng khác: make demo PORT={port + 1}"
            ) from None


def stop_running(var: Path, *, patience: float = 40) -> None:
    """Ask the supervisor that holds `var`, if any, to end, and wait for it. Raises EmbeddedError."""
    if not (var / "demo.lock").exists():
        return
    with open(var / "demo.lock") as lock:
        deadline = time.monotonic() + patience
        words = lock.read().split()
        asked = False
        while time.monotonic() < deadline:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if not asked:
                    os.kill(int(words[1].strip(",")), signal.SIGTERM)
                    asked = True
                time.sleep(0.1)
    raise EmbeddedError(f"Bản demo trên {var} không dừng sau {patience:.0f} giây.")
