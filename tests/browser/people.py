"""One signed-in person at a browser: what they read and press, by the words on the page."""

import re
from pathlib import Path

from tests.factories.user import PASSWORD

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"


class Person:
    """Drives a page by labels, buttons and links, as somebody does who has never seen the code."""

    def __init__(self, page, username: str):
        self.page, self.username = page, username
        page.goto("/")
        self.type("Tên đăng nhập", username)
        self.type("Mật khẩu", PASSWORD)
        self.press("Đăng nhập")

    def go(self, address: str) -> None:
        assert self.page.goto(address).status == 200, f"{self.username}: {address}"

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def press(self, name: str) -> None:
        """A button of a form, as named; waits for the page that answers."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """A link whose name begins like this."""
        self.page.get_by_role("link", name=re.compile("^" + re.escape(name))).first.click()
        self.page.wait_for_load_state()

    def reads(self, text: str) -> bool:
        return text in self.page.inner_text("body")

    def figure(self, line: str) -> str:
        """What the column "Kỳ này" of a report's line says."""
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=line))
        return row.first.get_by_role("link").first.inner_text().strip()

    def download(self, name: str) -> bytes:
        """The bytes behind a download link."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=name, exact=True).click()
        return Path(started.value.path()).read_bytes()

    def screen(self, name: str) -> None:
        """Keep a picture of the page in docs/screens when SCREENS=1, at its own width."""
        import os

        if os.environ.get("SCREENS"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"]
            self.page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
