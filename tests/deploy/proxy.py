"""nginx with the configuration that is deployed, in front of any port; all it writes is in one folder."""

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.embedded.processes import Child, Family

CONF = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "portal.conf"
# `user` for a run as root; everything that nginx would write elsewhere is under its prefix.
MAIN = """
user {user};
daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events {{ }}
http {{
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  include portal.conf;
}}
"""
UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname = False
UNVERIFIED.verify_mode = ssl.CERT_NONE


def nginx_path() -> str | None:
    """Where nginx is; None where there is none, which in CI is a failure."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None and os.environ.get("CI"):
        pytest.fail("nginx is not installed")
    return found


def _certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    subprocess.run([*command.split(), *names], cwd=folder, check=True, capture_output=True)


def _adapted(text: str, folder: Path, plain: int, secure: int, upstream: int) -> str:
    """Ports and folders of this test; `http2 on` is of nginx 1.25, Debian 12 has 1.22."""
    text = re.sub(r"listen \[::\].*\n", "", text).replace("    http2 on;\n", "")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    text = text.replace("/etc/nginx/tls", str(folder)).replace("/var/log/nginx", str(folder))
    return text.replace("http://web:8000", f"http://127.0.0.1:{upstream}")


def _wait(folder: Path, family: Family) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (folder / "nginx.pid").exists() and (folder / "nginx.pid").read_text().strip():
            return
        time.sleep(0.05)
    raise RuntimeError((folder / "out.log").read_text() + (folder / "error.log").read_text())


@contextmanager
def proxy(program: str, folder: Path, upstream: int, plain: int, secure: int) -> Iterator[str]:
    """The address of nginx in front of `upstream`, a port of 127.0.0.1. Its logs: `folder`."""
    folder.mkdir()
    _certificate(folder)
    (folder / "portal.conf").write_text(_adapted(CONF.read_text(), folder, plain, secure, upstream))
    (folder / "nginx.conf").write_text(MAIN.format(user="root" if os.geteuid() == 0 else "nobody"))
    family = Family(folder / "pids", os.environ)
    command = [program, "-p", str(folder), "-c", "nginx.conf"]
    family.children = [Child("nginx", command, folder / "out.log")]
    family.start()
    try:
        _wait(folder, family)
        yield f"https://127.0.0.1:{secure}"
    finally:
        family.stop()
