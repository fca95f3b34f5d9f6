"""An officer with a phone and no scripts: an activity, saved straight on to its photos."""

import io

import pytest
from PIL import Image

from programs.activities.models import ActivityEntry
from programs.attachments.models import Evidence, Photo
from tests.browser.people import Person
from tests.factories import files
from tests.factories.cast import make_cast
from tests.programs.activities.pages import days_ago, typed

pytestmark = pytest.mark.browser
CAPTION = "Trường THCS Nguyễn Đổng Chi, Phường Thành Sen"


def choose(person, label: str, *chosen) -> None:
    """Pick files in the browser's own file chooser."""
    with person.page.expect_file_chooser() as opened:
        person.page.get_by_label(label, exact=True).click()
    opened.value.set_files([{"name": n, "mimeType": kind, "buffer": data} for n, kind, data in chosen])


def test_photos_from_a_phone_without_scripts(new_page, portal):
    make_cast()
    officer = Person(new_page(width=360, javascript=False), "ca.18073", javascript=False)
    officer.go("/so-theo-doi/nhap/tuyen-truyen/")
    officer.type("Ngày tổ chức", typed(days_ago(2)))
    officer.type("Nội dung tuyên truyền", "Tuyên truyền phòng, chống ma túy trong học đường")
    officer.press("Lưu và thêm ảnh")
    assert officer.reads("chưa có ảnh nào")

    broken = ("bị cắt.jpg", "image/jpeg", files.jpeg(2)[:9000])
    choose(officer, "Ảnh", ("IMG_0042.jpg", "image/jpeg", files.jpeg_from_a_phone(1)), broken)
    officer.type("Chú thích", CAPTION)
    officer.press("Thêm ảnh")
    assert officer.reads("Đã nhận và lưu: IMG_0042.jpg") and officer.reads("bị cắt.jpg: Ảnh bị hỏng")
    assert officer.page.locator("#id_caption").input_value() == CAPTION
    officer.look("photos-refused")

    choose(officer, "Ảnh", ("lần hai.png", "image/png", files.encoded(files.scene(2), "PNG")))
    officer.press("Thêm ảnh")
    assert officer.reads("Đã nhận: lần hai.png.")
    shown = officer.page.get_by_role("img", name=CAPTION)
    assert shown.count() == 2
    officer.look("photos-gallery")
    kept = Image.open(io.BytesIO(officer.download("Tải về ảnh 1")))
    assert kept.format == "JPEG" and kept.size == (480, 640) and not kept.getexif()

    officer.follow("Thêm tài liệu")
    choose(officer, "Tài liệu", ("Kế hoạch.docx", "", files.docx()))
    officer.press("Thêm tài liệu")
    assert officer.download("Tải về Kế hoạch") == files.docx()

    officer.follow("Gỡ… ảnh 2")
    officer.type("Lý do gỡ", "Ảnh của buổi khác")
    officer.press("Gỡ ảnh")
    assert shown.count() == 1
    officer.follow("Lịch sử ảnh, tài liệu")
    assert officer.reads("Ảnh của buổi khác")
    entry = ActivityEntry.objects.get()
    assert Photo.objects.kept().filter(entry=entry).count() == Evidence.objects.count() == 1
