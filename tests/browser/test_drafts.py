"""An officer is called away in the middle of a form: scripts keep it as one leaves, without them a button."""

import pytest

from programs.awareness.models import AwarenessSession
from programs.drafts.models import Draft
from tests.browser.people import Person
from tests.factories.cast import make_cast

pytestmark = pytest.mark.browser
FORM = "/so-theo-doi/nhap/tuyen-truyen/"
TITLE = "Tuyên truyền phòng cháy, nổ ở chung cư"


def test_a_form_that_was_left_comes_back(new_page, portal):
    make_cast()
    officer = Person(new_page(width=360), "ca.18073")
    officer.go(FORM)
    officer.type("Nội dung tuyên truyền", TITLE)
    officer.type("Lượt người tham dự", "hơn 100")
    officer.go("/")
    officer.page.wait_for_timeout(500)  # what is sent on leaving answers nobody
    officer.go("/")
    officer.follow("Nhập tiếp")
    assert officer.reads("Đang nhập tiếp bản nháp")
    assert officer.page.get_by_label("Lượt người tham dự").first.input_value() == "hơn 100"
    officer.look("draft-resumed")
    officer.type("Lượt người tham dự", "120")
    officer.press("Lưu vào sổ")
    assert officer.reads("Đã ghi vào sổ")
    assert AwarenessSession.objects.get().title == TITLE and not Draft.objects.exists()

    plain = Person(new_page(javascript=False), "mt.18073", javascript=False)
    plain.go(FORM)
    plain.press("Lưu nháp")
    assert plain.reads("biểu mẫu chưa có nội dung")
    plain.type("Nội dung tuyên truyền", "Tuyên truyền tại nhà văn hóa")
    plain.press("Lưu nháp")
    assert plain.reads("Đã lưu nháp, giữ 30 ngày") and Draft.objects.get().owner.username == "mt.18073"
    plain.go("/ban-nhap/")
    plain.look("drafts")
    plain.press("Bỏ bản nháp Tuyên truyền tại nhà văn hóa")
    assert plain.reads("Không có bản nháp nào.")
