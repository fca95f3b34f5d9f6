"""The main job, in a real browser on a real portal: from one logged session to a frozen report.

Once with scripts, once without; every step by the words on the page. What must hold: the figure of the log is
the figure of the draft, of what was confirmed, of the province's report and of its three files.
"""

import io
import time

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from programs.activities.tally import verify
from reports import calendar
from tests.browser.people import Person
from tests.factories.cast import make_cast
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.browser
SESSIONS, ATTENDANCES = "Buổi tuyên truyền", "Lượt người tham dự tuyên truyền"
REASON = "Số lượt người cần kiểm tra lại."


@pytest.fixture
def children():
    """Periods are opened by the worker, and by the schedule."""
    return ("web", "worker", "scheduler")


@pytest.fixture
def period():
    """The last closed month: its report is the one that everybody waits for."""
    return calendar.last_closed("month", "decree", timezone.localdate())


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_logged_session_becomes_a_frozen_report(portal, new_page, period, javascript):
    make_cast()

    people = []

    def person(username):
        people.append(Person(new_page(javascript=javascript), username, javascript=javascript))
        return people[-1]

    officer, leader, front_leader = person("ca.18073"), person("ld.ca.18073"), person("ld.mt.18073")
    province = person("ca.42")
    log_session(officer, period, attendances="1.012")
    assert verify() == ([], [])

    open_period(province, period, worker_log=portal.logs / "worker")
    report = open_report(officer, period)
    assert (officer.figure(SESSIONS), officer.figure(ATTENDANCES)) == ("1", "1.012")
    officer.look("report-draft")
    officer.follow("1.012")
    assert officer.reads("Tuyên truyền quản lý, sử dụng pháo") and officer.reads("1.012")
    officer.look("figure")
    officer.go(report)
    write_remarks(officer)

    confirm_and_send(report, front_leader, leader, officer)
    assert officer.reads("Đã gửi cấp tỉnh")

    province.go(report)
    province.follow("Yêu cầu bổ sung")
    province.type(ATTENDANCES, REASON)
    province.look("return")
    province.press("Gửi yêu cầu bổ sung, chỉnh sửa")
    officer.go("/")
    assert officer.reads(REASON)
    for one, name in ((officer, "home"), (leader, "home-leader"), (province, "home-province")):
        looks_and_tabs(one, "/", name)
    looks_and_tabs(officer, "/nhac-viec/", "inbox")
    officer.go(report)
    officer.look("report-returned")
    mend_session(officer, "1.021")
    officer.go(report)
    assert officer.figure(ATTENDANCES) == "1.021"
    officer.follow("Trả lời")
    officer.type("Trả lời", "Đã kiểm tra, sửa lại theo danh sách điểm danh.")
    officer.press("Gửi trả lời")

    confirm_and_send(report, front_leader, leader, officer)
    province.go(report)
    province.look("report-sent")
    province.press("Tiếp nhận báo cáo")
    assert province.reads("Đã tiếp nhận")

    province.go("/bao-cao/bang-dieu-hanh/?chi-tieu=session_attendances")
    assert province.reads("1.021")
    province.look("dashboard")
    province.tabs_through("dashboard")
    compiled = compile_report(province)
    assert province.figure(ATTENDANCES) == "1.021" and province.reads("Chưa có báo cáo của 68 đơn vị")
    for username in ("ld.mt.42", "ld.ca.42"):
        confirm(person(username), compiled)
    province.go(compiled)
    assert province.reads("Đã chốt số liệu")
    province.look("province-frozen")
    looks_and_tabs(person("tw.xem"), "/", "home-nation")
    looks_and_tabs(person("admin"), "/", "home-admin")
    for read_back in (pdf_text, word_text, excel_text):
        assert "1.021" in read_back(province)
    assert verify() == ([], [])

    mend_session(officer, "1.022")
    officer.go(report)
    assert officer.figure(ATTENDANCES) == "1.021" and officer.reads("Có số liệu phát sinh sau khi chốt")
    officer.look("report-frozen")
    officer.press("Lập báo cáo điều chỉnh, bổ sung")
    assert officer.figure(ATTENDANCES) == "1.022" and officer.reads("bản 2")
    assert not [complaint for one in people for complaint in one.complaints]


def looks_and_tabs(person, address, name):
    person.go(address)
    person.look(name)
    person.tabs_through(name)


def log_session(officer, period, attendances):
    officer.go("/so-theo-doi/nhap/tuyen-truyen/")
    officer.look("entry")
    officer.type("Ngày tổ chức", f"{period.start:%d/%m/%Y}")
    officer.type("Nội dung tuyên truyền", "Tuyên truyền quản lý, sử dụng pháo")
    officer.type("Lượt người tham dự", attendances)
    officer.press("Lưu vào sổ")
    assert officer.reads("Tuyên truyền quản lý, sử dụng pháo")
    officer.look("activity")


def open_period(province, period, worker_log):
    """By the button; the schedule may have been first, and both together are still one report each."""
    province.go("/bao-cao/mo-ky/")
    offered = province.page.get_by_label("Kỳ báo cáo", exact=True)
    choice = offered.locator("option").filter(has_text=period.label).first.get_attribute("value")
    offered.select_option(choice)
    province.press("Mở kỳ báo cáo")
    province.look("progress")
    until(lambda: province.page.reload() and province.reads("Đã làm 69 trên 69"), worker_log)
    province.go("/bao-cao/tinh-hinh-gui/")
    province.look("overview")


def open_report(person, period) -> str:
    """The address of the commune's report, opened from the list."""
    person.go("/bao-cao/")
    person.follow(f"Báo cáo {period.label}")
    return person.page.url


def write_remarks(officer):
    officer.page.locator("#muc-assessment a").first.click()
    officer.type("Nhận xét", "Phong trào được duy trì đều ở các tổ dân phố.")
    officer.press("Lưu nhận xét")
    assert officer.reads("Phong trào được duy trì đều ở các tổ dân phố.")


def confirm(person, report):
    person.go(report)
    person.follow("Xác nhận số liệu")
    person.type("Mật khẩu", PASSWORD)
    person.look("confirm")
    person.press("Xác nhận số liệu")
    assert person.reads("Đã xác nhận"), person.page.inner_text("main")


def confirm_and_send(report, front_leader, leader, officer):
    confirm(front_leader, report)
    confirm(leader, report)
    officer.go(report)
    officer.press("Gửi báo cáo")


def mend_session(officer, attendances):
    officer.go("/so-theo-doi/")
    officer.follow("Tuyên truyền quản lý, sử dụng pháo")
    officer.follow("Sửa")
    officer.type("Lượt người tham dự", attendances)
    officer.press("Lưu vào sổ")


def compile_report(province) -> str:
    province.go("/bao-cao/tinh-hinh-gui/")
    province.press("Tổng hợp báo cáo tỉnh")
    return province.page.url


def until(happened, worker_log, seconds=180):
    """Wait for the worker; the assertion shows what it said."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, worker_log.read_text(errors="replace")[-3000:]
        time.sleep(0.5)


def pdf_text(person) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(person.download("PDF"))).pages)


def word_text(person) -> str:
    tables = Document(io.BytesIO(person.download("Word"))).tables
    return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def excel_text(person) -> str:
    book = load_workbook(io.BytesIO(person.download("Excel")))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return " ".join(f"{cell:,}".replace(",", ".") for cell in cells if isinstance(cell, int))
