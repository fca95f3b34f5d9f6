"""A tip in a browser: sent from a phone without scripts, asked about at the desk, answered by the code."""

import re

import pytest

from programs.tips.models import Tip
from programs.tips.public import questions
from tests.browser.people import Person, assert_accessible, assert_fits
from tests.factories import files
from tests.factories.cast import make_cast

pytestmark = pytest.mark.browser
STORY = "Đêm nào cũng có xe lạ đổ phế thải xuống hồ Bồng Sơn, mùi hoá chất nồng nặc."
QUESTION = "Xe biển số tỉnh nào, thường tới lúc mấy giờ?"
ANSWER = "Khoảng 23 giờ, xe tải nhỏ màu xanh, không thấy biển."


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def fits(page, name: str, *, axe: bool) -> None:
    """Nothing cut at the width of a phone; axe needs scripts."""
    assert_fits(page, name)
    if axe:
        assert_accessible(page, name)


def tell(page, *, axe: bool, photo) -> str:
    """All three steps; the code."""
    page.goto("/cung-cap-thong-tin/")
    fits(page, "start", axe=axe)
    page.get_by_label("Tỉnh, thành phố").select_option(label="Tỉnh Hà Tĩnh")
    page.get_by_label("Xã, phường, đặc khu").fill("thanh sen")
    press(page, "Tiếp tục")
    page.get_by_role("radio").first.check()
    press(page, "Xem lại trước khi gửi")
    assert page.get_by_role("alert").get_by_text("Ghi chuyện gì xảy ra.").is_visible()
    fits(page, "story", axe=axe)
    page.get_by_label("Chuyện gì xảy ra").fill(STORY)
    page.get_by_label("Ở đâu").fill("Hồ Bồng Sơn, tổ dân phố 5")
    page.get_by_label("Ảnh, tài liệu, video, ghi âm").set_input_files(photo)
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    press(page, "Xem lại trước khi gửi")
    assert STORY in page.inner_text("body")
    fits(page, "check", axe=axe)
    page.locator("#answer").fill(str(answer_of(page)))
    press(page, "Gửi")
    fits(page, "code", axe=axe)
    return " ".join(page.locator("ol.code li").all_inner_texts())


def answer_of(page) -> int:
    sealed = page.locator("input[name=question]").get_attribute("value")
    return questions.sealing.open_form(questions.PURPOSE, sealed, max_age=60)["answer"]


def follow(page, code: str) -> str:
    page.goto("/cung-cap-thong-tin/theo-doi/")
    page.locator("#id_code").fill(code)
    press(page, "Xem")
    return page.inner_text("body")


def test_a_tip_goes_from_a_phone_to_the_desk_and_back(new_page, tmp_path):
    make_cast()
    photo = tmp_path / "IMG_0042.jpg"
    photo.write_bytes(files.jpeg_from_a_phone())
    phone, other = new_page(width=360, javascript=False), new_page(width=360)
    code = tell(phone, axe=False, photo=photo)
    assert len(re.findall(r"\w+-\w+", code)) == 5
    tell(other, axe=True, photo=photo)
    tip = Tip.objects.earliest("pk")
    assert (tip.story, tip.place) == (STORY, "Hồ Bồng Sơn, tổ dân phố 5")
    desk = Person(new_page(), "ca.18073")
    desk.go("/nguon-tin/")
    desk.look("tips-queue")
    desk.follow(f"Số {tip.pk}")
    assert desk.reads(STORY) and not desk.reads("0912")
    desk.look("tips-detail")
    desk.follow("Phân loại, bắt đầu kiểm tra")
    desk.press("Phân loại, bắt đầu kiểm tra")
    desk.follow("Hỏi thêm người cung cấp")
    desk.type("Câu hỏi gửi người cung cấp", QUESTION)
    desk.look("tips-ask")
    desk.press("Hỏi thêm người cung cấp")
    assert QUESTION in follow(phone, code.replace("-", " "))
    phone.locator("textarea[name=text]").fill(ANSWER)
    press(phone, "Gửi trả lời")
    assert "Đã gửi trả lời." in phone.inner_text("body")
    assert ANSWER in follow(other, code)
    fits(other, "course", axe=True)
    desk.go("/nguon-tin/?show=answered")
    desk.follow(f"Số {tip.pk}")
    assert desk.reads(ANSWER)
    assert not desk.complaints
