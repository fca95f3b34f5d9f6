"""What a page weighs on the line: at most 100 kB at the first visit, 30 kB from then on, on the demo's cases.

Counted by Chromium itself (Network.loadingFinished): all bytes that came, headers and all, compressed as they
were sent: the page, its sheet, its scripts, its pictures, its fonts. The first visit has an empty cache; a
later one is of somebody who has been on the page of signing in, or on the first page.
"""

from bench import _demo

FIRST, LATER = 100_000, 30_000
PAGES = (
    ("sign-in", "", _demo.SIGN_IN),
    ("tip form", "", _demo.TIP_FORM),
    ("first page, officer", _demo.OFFICER, "/"),
    ("first page, leader", _demo.LEADER, "/"),
    ("first page, province", _demo.PROVINCE, "/"),
    ("first page, nation", _demo.NATION, "/"),
    ("entry", _demo.OFFICER, _demo.ENTRY),
    ("log", _demo.OFFICER, _demo.LOG),
    ("report", _demo.OFFICER, ""),
    ("inbox", _demo.OFFICER, "/nhac-viec/"),
    ("dashboard", _demo.PROVINCE, _demo.DASHBOARD),
    ("log of the province", _demo.PROVINCE, _demo.LOG),
    ("overview", _demo.PROVINCE, "/bao-cao/tinh-hinh-gui/"),
)


def main() -> bool:
    """Print what each page weighs, cold and later; whether all keep to the two bounds."""
    with _demo.portal() as address, _demo.chromium() as browser:
        states = _demo.sessions_of(browser, address, PAGES)
        return all([_weighed(browser, address, states[who], name, path) for name, who, path in PAGES])


def _weighed(browser, address: str, state: dict, name: str, path: str) -> bool:
    path = path or _report(browser, address, state)
    first = _bytes_of(browser, address, state, [path])
    before = "/" if state else _demo.SIGN_IN
    later = _bytes_of(browser, address, state, [before, path])
    kept = first <= FIRST and later <= LATER
    print(f"{name}: first {first / 1000:.1f} kB, later {later / 1000:.1f} kB{'' if kept else '  TOO MUCH'}")
    return kept


def _report(browser, address: str, state: dict) -> str:
    context = _demo.new_context(browser, address, state)
    try:
        return _demo.report_address(context.new_page())
    finally:
        context.close()


def _bytes_of(browser, address: str, state: dict, paths: list[str]) -> int:
    """Bytes that came for the last of the pages, after the others were visited."""
    context = _demo.new_context(browser, address, state)
    page = context.new_page()
    came = []
    devtools = context.new_cdp_session(page)
    devtools.on("Network.loadingFinished", lambda event: came.append(int(event["encodedDataLength"])))
    devtools.send("Network.enable")
    for path in paths:
        came.clear()
        answer = page.goto(path, wait_until="networkidle", timeout=60_000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    context.close()
    return sum(came)
