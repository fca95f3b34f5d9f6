"""From an activity to frozen figures in a real browser, with scripts and without them."""

import pytest
from django.urls import reverse

from reports import actions
from tests.factories import reports as make
from tests.factories.cast import make_cast
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def office(new_page):
    """`office(user)`: this person's browser, signed in; complains about errors of scripts and style rules."""
    complaints = []

    def sign_in(user, **options):
        page = new_page(**options)
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.goto("/")
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", PASSWORD)
        page.locator("main [type=submit]").click()
        return page

    yield sign_in
    assert not complaints


def says(page):
    return page.inner_text("main")


def confirm(page, address):
    """Read what is to be confirmed, type the password, confirm."""
    page.goto(address)
    page.get_by_role("link", name="Xác nhận số liệu").click()
    page.fill("input[type=password]", PASSWORD)
    page.locator("main form [type=submit]").click()
    assert "đã xác nhận số liệu" in says(page)


def nothing_is_cut(page, address):
    """At 360 px no page is wider than the screen."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_pages_of_reports_fit_a_phone(office):
    cast = make_cast()
    make.hold_session(cast.officer, attendances=412)
    report = make.sent(cast)
    actions.return_report(report=report, notes=[("sessions", "Đề nghị kiểm tra")], by=cast.province)
    note = report.notes.get()
    officer, staff, leader = office(cast.officer), office(cast.province), office(cast.leader)
    for name, args in {
        "detail": [report.pk],
        "line": [report.pk, "sessions"],
        "diff": [report.pk],
        "edit_section": [report.pk, "plan"],
        "answer": [report.pk, note.pk],
        "list": [],
    }.items():
        nothing_is_cut(officer, reverse(f"reports:{name}", args=args))
    nothing_is_cut(leader, reverse("reports:confirm", args=[report.pk]))
    nothing_is_cut(officer, "/")
    make.confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    for name, args in {"return": [report.pk], "overview": [], "open_period": []}.items():
        nothing_is_cut(staff, reverse(f"reports:{name}", args=args))
    nothing_is_cut(staff, "/")
