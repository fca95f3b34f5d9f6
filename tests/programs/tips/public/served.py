"""The portal as it is served, with the access log that gunicorn writes when it is told to."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

BASE_DIR = Path(__file__).resolve().parents[4]
ACCESS_LOG = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"'


class Answer:
    def __init__(self, status_code: int, content: bytes, headers):
        self.status_code, self.content, self.headers = status_code, content, headers


class Http:
    """What a sender's Client does, over a real connection."""

    def __init__(self, address: str, headers: dict | None = None, tls=None):
        self.address, self.headers, self.tls = address, headers or {}, tls

    def get(self, url: str) -> Answer:
        return self._asked(urllib.request.Request(self.address + url))

    def post(self, url: str, data: dict) -> Answer:
        headers = {"Content-Type": MULTIPART_CONTENT, "User-Agent": "CanaryBrowser"} | self.headers
        body = encode_multipart(BOUNDARY, data)
        return self._asked(urllib.request.Request(self.address + url, body, headers))

    def _asked(self, request) -> Answer:
        try:
            with urllib.request.urlopen(request, timeout=120, context=self.tls) as got:
                return Answer(got.status, got.read(), got.headers)
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read(), refused.headers)


class Served:
    """gunicorn on a free port; all that it writes lies in `folder`."""

    def __init__(self, folder: Path, **environment: str):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings", "VAR_DIR": str(folder / "var"), **environment
        }  # fmt: skip
        self.log = folder / "web.log"

    def __enter__(self) -> "Served":
        bind = f"--bind=127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", bind, "--no-control-socket"]
        command += ["--workers=2", "--access-logfile=-", f"--access-logformat={ACCESS_LOG}"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, cwd=BASE_DIR
            )
        self._wait()
        return self

    def __exit__(self, *error) -> None:
        self.process.terminate()
        self.process.wait(30)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.log.read_text(errors="replace")[-2000:])
