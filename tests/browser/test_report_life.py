"""From an activity to frozen figures in a real browser, with scripts and without them."""

from datetime import date

import pytest
from django.urls import reverse

from programs.awareness.models import AwarenessSession
from reports import actions
from reports.models import Report, State
from tests.factories import reports as make
from tests.factories.cast import make_cast
from tests.factories.user import PASSWORD, province

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


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_report_lives_in_a_browser(office, javascript):
    cast = make_cast()
    make.hold_session(cast.officer, date(2026, 10, 20), attendances=412, tips=3)
    report = make.draft()
    address = reverse("reports:detail", args=[report.pk])

    def enter(user):
        return office(user, javascript=javascript)

    officer, police, front = enter(cast.officer), enter(cast.leader), enter(cast.front_leader)
    officer.get_by_role("link", name="Xem và sửa").click()
    officer.locator("#muc-plan a").click()
    officer.fill("textarea", "Tiếp tục tuyên truyền quản lý, sử dụng pháo dịp Tết.")
    officer.get_by_role("button", name="Lưu nhận xét").click()
    assert "dịp Tết" in says(officer)
    confirm(police, address)
    confirm(front, address)
    officer.goto(address)
    officer.get_by_role("button", name="Gửi báo cáo").click()

    staff = enter(cast.province)
    staff.get_by_role("link", name="Xem xét").click()
    staff.get_by_role("link", name="Yêu cầu bổ sung, chỉnh sửa").click()
    staff.locator("textarea[name=line-sessions]").fill("Đề nghị kiểm tra")
    staff.get_by_role("button", name="Gửi yêu cầu").click()
    make.hold_session(cast.officer, date(2026, 11, 3), attendances=600)
    officer.goto(address)
    officer.get_by_role("link", name="Trả lời").click()
    officer.fill("textarea", "Đã ghi thêm một buổi.")
    officer.get_by_role("button", name="Gửi trả lời").click()
    confirm(police, address)
    confirm(front, address)
    officer.goto(address)
    officer.get_by_role("button", name="Gửi báo cáo").click()
    staff.goto(address)
    assert "Đã ghi thêm một buổi." in says(staff)
    staff.get_by_role("button", name="Tiếp nhận báo cáo").click()

    staff.goto(reverse("reports:overview"))
    staff.get_by_role("button", name="Tổng hợp báo cáo tỉnh").click()
    compiled = staff.url
    confirm(enter(cast.province_leader), compiled)
    confirm(enter(cast.province_front_leader), compiled)
    assert set(Report.objects.values_list("state", flat=True)) == {State.FROZEN}

    officer.goto(address)
    with officer.expect_download() as file:
        officer.get_by_role("link", name="PDF").click()
    assert file.value.suggested_filename == "Báo cáo tháng 11-2026, Phường Thành Sen.pdf"
    officer.goto(reverse("reports:line", args=[report.pk, "session_attendances"]))
    assert "1.012" in officer.inner_text("main tfoot")
    AwarenessSession.objects.filter(attendances=600).update(attendances=601)
    officer.goto(address)
    officer.get_by_role("button", name="Lập báo cáo điều chỉnh, bổ sung").click()
    assert "Đã lập bản 2" in says(officer)


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


def test_a_period_is_opened_by_a_button_and_built_by_the_worker(office):
    cast = make_cast()
    staff = office(cast.province)
    staff.get_by_role("link", name="Mở kỳ báo cáo").click()
    value = staff.locator("option", has_text="tháng 11/2026").get_attribute("value")
    staff.select_option("select[name=ky]", value)
    staff.locator("main form [type=submit]").click()
    staff.get_by_role("link", name="Xem kết quả").click(timeout=60_000)
    assert "Chưa gửi báo cáo: 69" in says(staff)
    assert Report.objects.filter(unit__today_province=province()).count() == 69
