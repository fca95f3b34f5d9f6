"""The demo for measurements and pictures: a running one, or one of its own, and a Chromium to look at it.

PORTAL_ADDRESS names a demo that runs already; else one is made in a folder that is thrown away.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PASSWORD = "Thanh-Sen-2026"
OFFICER, LEADER, PROVINCE, NATION, ADMIN = "ca.18073", "ld.ca.18073", "ca.42", "tw.xem", "admin"
SIGN_IN, ENTRY, DASHBOARD = "/dang-nhap/", "/so-theo-doi/nhap/tuyen-truyen/", "/bao-cao/bang-dieu-hanh/"
LOG, TIP_FORM = "/so-theo-doi/", "/cung-cap-thong-tin/"
PATIENCE_S = 900


@contextmanager
def portal() -> Iterator[str]:
    """The address of a demo."""
    if address := os.environ.get("PORTAL_ADDRESS"):
        yield address.rstrip("/")
        return
    from tests.browser.conftest import free_port

    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {"PORT": str(port), "VAR_DIR": f"{folder}/var"}
        for ours in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
            environment.pop(ours, None)
        command = [sys.executable, "-m", "portal.embedded", "demo"]
        process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _wait(process, address: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            if urllib.request.urlopen(f"{address}/healthz", timeout=5).status == 200:
                return
        time.sleep(1)
    raise RuntimeError("the demo did not come up")


def chromium():
    """A Chromium of this machine, for a `with`."""
    from tests.browser.conftest import chromium_path, launched

    return launched(chromium_path())


def session_of(browser, address: str, username: str) -> dict:
    """The cookies of somebody who has signed in; {} for nobody."""
    if not username:
        return {}
    context = browser.new_context(base_url=address, locale="vi-VN")
    page = context.new_page()
    page.goto(SIGN_IN)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_load_state()
    if page.url.startswith(f"{address}{SIGN_IN}"):
        raise RuntimeError(f"{username} could not sign in")
    state = context.storage_state()
    context.close()
    return state


def sessions_of(browser, address: str, pages) -> dict[str, dict]:
    """{username: cookies} for all whom the pages (name, username, path) are of: each signs in once."""
    return {who: session_of(browser, address, who) for who in {username for _, username, _ in pages}}


def new_context(browser, address: str, state: dict, **options):
    """An empty cache with those cookies."""
    return browser.new_context(base_url=address, locale="vi-VN", storage_state=state or None, **options)


def report_address(page) -> str:
    """The first report of the list, as the signed-in person finds it."""
    page.goto("/bao-cao/")
    return page.locator("main table a[href^='/bao-cao/']").first.get_attribute("href")
