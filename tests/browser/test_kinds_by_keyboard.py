"""Every kind is entered with Tab, letters, arrows, Space and Enter alone at 360 px, without scripts too."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from programs.activities.models import ActivityEntry
from programs.activities.registry import kinds
from programs.activities.tally import verify
from tests.browser.people import WCAG, Person
from tests.factories.cast import make_cast
from tests.factories.kinds import SAMPLES

pytestmark = pytest.mark.browser
PHONE, MOST_TABS = 360, 150
FOCUSED = """() => {
  const it = document.activeElement, options = it.options ? [...it.options].map(o => o.value) : [];
  const at = it.options ? it.selectedIndex : -1;
  return {tag: it.tagName, type: it.type || "", name: it.name || "", value: it.value || "", options, at,
          words: (it.innerText || it.value || "").trim(), checked: !!it.checked};
}"""


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_every_kind_is_entered_by_keyboard_alone(portal, new_page, javascript):
    make_cast()
    officer = Person(new_page(width=PHONE, javascript=javascript), "ca.18073", javascript=javascript)
    for kind in kinds():
        officer.go(f"/so-theo-doi/nhap/{kind.slug}/")
        looks_right(officer, kind.slug)
        title = f"{kind.name} bằng bàn phím"
        fill_in(officer.page, SAMPLES[kind.slug].fields | {"title": title})
        assert officer.reads("Đã ghi vào sổ"), f"{kind.slug}: {officer.page.inner_text('main')[:1500]}"
        looks_right(officer, f"{kind.slug}, saved")
    entered = ActivityEntry.objects.values_list("kind", flat=True)
    assert sorted(entered) == sorted(kind.slug for kind in kinds()) and verify() == ([], [])
    assert not officer.complaints


def fill_in(page, values: dict) -> None:
    """Tab through the page; answer each field that comes, in its own way; Enter on the button that saves."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["words"] == "Lưu vào sổ":
            # Named beforehand: the state of the page that is left would be taken for that of the next.
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        if at["tag"] == "SUMMARY":
            page.keyboard.press("Enter")
        elif at["name"] in values:
            answer(page, at, values[at["name"]])
    raise AssertionError("Tab did not lead to the button that saves")


def answer(page, at: dict, value) -> None:
    if at["type"] in ("checkbox", "radio"):
        if at["value"] in (value if isinstance(value, list) else [str(value)]) and not at["checked"]:
            page.keyboard.press("Space")
    elif at["options"]:
        for _ in range(at["options"].index(str(value)) - at["at"]):
            page.keyboard.press("ArrowDown")
    elif value is not None:
        page.keyboard.press("Control+A")
        page.keyboard.type(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))


def looks_right(officer, name: str) -> None:
    width = officer.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE, f"{name}: {width} px"
    if officer.javascript:
        found = Axe().run(officer.page, options={"runOnly": WCAG}).response["violations"]
        assert not found, f"{name}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"
