"""Finding a unit by an old name in a real browser: with the keyboard, with the mouse, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.cast import make_cast
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.browser
LABEL = "Phường Thái Hòa, tỉnh Nghệ An"


@pytest.fixture
def open_units(new_page):
    """`open_units(**options)`: the page of units, signed in."""
    officer = make_cast().officer

    def open_page(**options):
        page = new_page(**options)
        page.goto("/don-vi/")
        page.get_by_label("Tên đăng nhập").fill(officer.username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_label("Tên đơn vị").wait_for()
        return page

    return open_page


def test_an_old_name_leads_to_todays_unit(open_units):
    """One portal for all ways: starting it is what takes the time."""
    by_keyboard(open_units())
    by_touch(open_units(width=360))
    the_text_that_follows_a_choice_is_what_counts(open_units())
    without_scripts(open_units(javascript=False))


def by_keyboard(page):
    problems = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    box = page.get_by_role("combobox", name="Tên đơn vị")
    box.press_sequentially("hoa hieu", delay=20)
    option = page.get_by_role("option", name=LABEL)
    option.wait_for()
    assert "trước 1/7/2025: Phường Hòa Hiếu, thị xã Thái Hòa" in option.inner_text()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert option.get_attribute("aria-selected") == "true"
    violations = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not violations, violations
    box.press("Escape")
    assert page.get_by_role("listbox").is_hidden()
    box.press("ArrowDown")
    option.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == LABEL
    box.press("Enter")
    page.wait_for_url("**/don-vi/commune/16939/")
    assert page.get_by_role("heading", level=1).inner_text() == "Phường Thái Hòa"
    assert not problems


def by_touch(page):
    page.get_by_role("combobox").fill("thái hoà, nghệ")
    page.get_by_role("option", name=LABEL).click()
    assert page.get_by_role("combobox").input_value() == LABEL
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def the_text_that_follows_a_choice_is_what_counts(page):
    page.get_by_role("combobox").fill("hoa hieu")
    page.get_by_role("option", name=LABEL).click()
    page.get_by_role("combobox").fill("Thành Sen")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Phường Thành Sen, tỉnh Hà Tĩnh").wait_for()


def without_scripts(page):
    page.get_by_label("Tên đơn vị").fill("quang phong")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=LABEL).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Phường Thái Hòa"
