"""One signed-in person at a browser: what they read and press, by the words on the page."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.factories.user import PASSWORD

SCREENS = Path(__file__).resolve().parents[2] / "var" / "screens"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Named by their place among the page's elements: what can be seen and pressed, and what has the focus.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
    .filter(it => it.checkVisibility() && !it.disabled && it.type !== 'hidden'
        && (it.type !== 'radio' || it.checked))
    .map(it => [...document.querySelectorAll('*')].indexOf(it))"""
AT = "() => [...document.querySelectorAll('*')].indexOf(document.activeElement)"


def assert_accessible(page, name: str) -> None:
    """axe, which needs scripts, has no complaint (WCAG 2.2 AA)."""
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert not found, f"{name}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"


def assert_fits(page, name: str) -> None:
    """Nothing is cut at the width that the page has."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"


class Person:
    """Drives a page by labels, buttons and links, as somebody does who has never seen the code."""

    def __init__(self, page, username: str, *, javascript: bool = True):
        self.page, self.username, self.javascript = page, username, javascript
        self.complaints = []
        page.on("console", lambda line: line.type == "error" and self.complaints.append(line.text))
        page.goto("/")
        self.type("Tên đăng nhập", username)
        self.type("Mật khẩu", PASSWORD)
        self.press("Đăng nhập")

    def go(self, address: str) -> None:
        assert self.page.goto(address).status == 200, f"{self.username}: {address}"

    def type(self, label: str, text: str) -> None:
        """Fill the field of this label; "(không bắt buộc)" after it is no part of its name."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(|$)".replace("/", r"\/"))
        self.page.get_by_label(name).first.fill(text)

    def press(self, name: str) -> None:
        """A button of a form, as named; waits for the page that answers."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """A link whose name begins like this."""
        self.page.get_by_role(
            "link", name=re.compile("^" + re.escape(name).replace("/", r"\/"))
        ).first.click()
        self.page.wait_for_load_state()

    def reads(self, text: str) -> bool:
        return text in self.page.inner_text("body")

    def figure(self, line: str) -> str:
        """What the column "Kỳ này" of a report's line says."""
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=line))
        return row.get_by_role("link").first.inner_text().strip()

    def download(self, name: str) -> bytes:
        """The bytes behind a download link."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=name, exact=True).click()
        return Path(started.value.path()).read_bytes()

    def look(self, name: str) -> None:
        """What must hold of every page: no complaint of axe (WCAG 2.2 AA), nothing cut at 360 px.

        With SCREENS=1 pictures of it are kept in var/screens (those of docs/screens come from the demo).
        """
        if self.javascript:
            assert_accessible(self.page, name)
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert_fits(self.page, name)
            if os.environ.get("SCREENS") and self.javascript:
                SCREENS.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)

    def tabs_through(self, name: str) -> None:
        """Every link, button, field and folded part of the page is reached by Tab alone."""
        self.page.evaluate("document.activeElement.blur()")
        wanted, reached = self.page.evaluate(REACHABLE), set()
        for _ in range(len(wanted) + 5):
            self.page.keyboard.press("Tab")
            reached.add(self.page.evaluate(AT))
        assert set(wanted) <= reached, f"{name}: {sorted(set(wanted) - reached)}"
