"""A resident sends a tip without account or script; nothing is lost, doubled or half written."""

import gzip
import io
import re

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from programs.tips import sending, throttle
from programs.tips.models import SealedContact, StagedFile, Tip, TipFile
from tests.factories import files
from tests.factories.user import HA_TINH, province
from tests.portal.ui.pages import faults_of
from tests.programs.tips.public.sender import Sender, fields_of

pytestmark = pytest.mark.django_db
LIGHT_BYTES = 100_000
PAGES = ("start", "write", "finish", "follow", "answer", "own_code")


@pytest.fixture(autouse=True)
def fresh_counts(monkeypatch):
    monkeypatch.setattr(throttle, "_throttle", throttle.Throttle())


@pytest.fixture
def sender():
    return Sender()


def upload(data, name="anh nha toi.jpg"):
    return SimpleUploadedFile(name, data)


def faults(response):
    """Of any page; these need no token, since they know no session that a forged request could use."""
    return [f for f in faults_of(response.content.decode()) if f != "a form without its token"]


def test_from_the_place_to_the_code(sender):
    page = sender.begin()
    assert page.status_code == 200 and fields_of(page)["unit"]
    sender.tell(time_text="Khoảng 23 giờ", contact_name="Lê Thị Ánh", contact_phone="0912 345 678")
    assert "Công an phường Thành Sen" in sender.text and "0912 345 678" in sender.text
    assert not Tip.objects.exists() and not SealedContact.objects.exists()
    assert sender.finish().status_code == 200 and sender.code
    tip = Tip.objects.get()
    assert (tip.unit.code, tip.handling_unit.code, tip.category) == ("18073", "18073", "crime")
    assert tip.contact.key_id and b"0912" not in bytes(tip.contact.box)
    assert Sender().follow(sender.code).status_code == 200


def test_without_a_name_and_about_an_officer(sender):
    sender.send(about_officer="on")
    tip = Tip.objects.get()
    assert tip.handling_unit == province(HA_TINH)
    assert not SealedContact.objects.exists()


def test_a_commune_is_found_by_its_old_name(sender):
    assert "Tìm thấy theo tên" in sender.begin("phường Nam Hà").content.decode()
    assert sender.begin("").status_code == 200 and fields_of(sender.page)["unit"] == ""
    assert sender.post("write", {"province": "", "commune_name": "x"}).status_code == 422


def test_values_are_kept_when_something_is_missing(sender):
    sender.begin()
    sender.tell(story="", place="Cổng chợ Thành Sen", category="social_vice", files=[upload(files.jpeg())])
    assert sender.page.status_code == 422 and 'role="alert"' in sender.text
    kept = fields_of(sender.page)
    assert kept["place"] == "Cổng chợ Thành Sen" and kept["category"] == "social_vice"
    assert "Bỏ Ảnh 1" in sender.text, "the file need not be chosen again"
    sender.tell(category="social_vice")
    assert sender.page.status_code == 200 and "Ảnh 1" in sender.text
    sender.post("finish", fields_of(sender.page) | {"edit": "1"})
    assert fields_of(sender.page)["place"] == "Ngõ Hòa Bình" and "Bỏ Ảnh 1" in sender.text
    drop = re.search(r'name="drop" value="(\d+)"', sender.text)[1]
    sender.tell(drop=drop)
    sender.finish()
    assert not TipFile.objects.exists() and not StagedFile.objects.exists()


def test_photographs_lose_their_place_and_documents_their_name(sender):
    sender.begin()
    sender.tell(files=[upload(files.jpeg_from_a_phone()), upload(files.pdf(), "nha ong Muoi.pdf")])
    sender.finish()
    one, two = TipFile.objects.order_by("number")
    assert not Image.open(io.BytesIO(bytes(one.content))).getexif()
    assert (one.media_type, two.media_type) == ("image/jpeg", "application/pdf")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"MZ virus", "x.exe", "không phải ảnh"),
        (b"", "trong.jpg", "rỗng"),
        (b"%PDF-" + bytes(9 * 2**20), "to.pdf", "8 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_named_and_the_rest_stays(sender, data, name, words):
    sender.begin()
    sender.tell(files=[upload(data, name)])
    assert sender.page.status_code == 422 and name in sender.text and words in sender.text
    assert fields_of(sender.page)["place"] == "Ngõ Hòa Bình"


def test_no_more_than_five_files(sender):
    sender.begin()
    sender.tell(files=[upload(files.pdf(), f"{n}.pdf") for n in range(6)])
    assert sender.page.status_code == 422 and "Nhiều nhất 5 tệp" in sender.text
    assert StagedFile.objects.count() == 5


def test_sending_twice_is_one_tip_and_the_same_code(sender):
    sender.begin()
    sender.tell()
    again = fields_of(sender.page) | {"answer": sender.answer_of_question()}
    sender.post("finish", again)
    first = sender.code
    sender.post("finish", again)
    assert first and sender.code == first and Tip.objects.count() == 1


def test_an_edit_after_sending_does_not_pass_for_sent(sender):
    sender.begin()
    sender.tell()
    check = fields_of(sender.page)
    sender.finish()
    first = sender.code
    sender.post("finish", check | {"edit": "1"})
    sender.tell(story="Xin nói lại: chuyện ở ngõ khác.")
    sender.finish()
    assert sender.code == first and "chưa được gửi" in sender.text and Tip.objects.count() == 1


def test_a_wrong_answer_asks_another_question(sender):
    sender.begin()
    sender.tell()
    for wrong in ("", "99", "xyz"):
        assert sender.finish(answer=wrong).status_code == 422
        assert "chưa đúng" in sender.text
    assert not Tip.objects.exists()
    assert sender.finish().status_code == 200


def test_a_broken_or_old_page_says_so(sender):
    assert sender.post("finish", {"sealed": "xyz"}).status_code == 422
    sender.begin()
    sender.tell(sealed="abc")
    assert sender.page.status_code == 422 and fields_of(sender.page)["place"] == "Ngõ Hòa Bình"


def test_signs_of_a_state_secret_stop_and_ask(sender):
    sender.begin()
    sender.tell(story="Văn bản đóng dấu TUYỆT MẬT bị chụp ảnh.")
    assert sender.page.status_code == 422 and "Tôi cam đoan" in sender.text


@pytest.mark.parametrize("table", ["tips_tip", "tips_tipfile", "tips_sealedcontact"])
def test_a_full_disk_is_said_and_leaves_nothing(sender, table):
    """The database reports it in the middle of the transaction."""
    sender.begin()
    sender.tell(contact_name="Lê Thị Ánh", files=[upload(files.pdf(), "x.pdf")])
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION pg_temp.full()""")
    sender.finish()
    assert sender.page.status_code == 503 and "chưa có gì được gửi" in sender.text
    assert not any(model.objects.exists() for model in (Tip, TipFile, SealedContact))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER full_disk ON {table}")
    assert sender.finish().status_code == 200 and TipFile.objects.count() == 1


def test_no_room_for_files_is_said_and_the_story_goes_on(sender, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.UPLOAD_DIR = blocked / "uploads"
    sender.begin()
    sender.tell(files=[upload(files.pdf(), "x.pdf")])
    assert sender.page.status_code == 422 and "hết chỗ" in sender.text
    sender.tell()
    assert sender.finish().status_code == 200


def test_robots_that_fill_the_staging_do_not_stop_tips(sender, monkeypatch):
    monkeypatch.setattr(sending, "MOST_STAGED", 0)
    sender.begin()
    sender.tell(files=[upload(files.pdf(), "x.pdf")])
    assert sender.page.status_code == 422 and "quá nhiều tệp" in sender.text
    sender.tell()
    assert sender.finish().status_code == 200


def test_files_left_behind_are_swept(sender):
    sender.begin()
    sender.tell(files=[upload(files.pdf(), "x.pdf")])
    assert sending.sweep_staged() == 0
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tips_stagedfile DISABLE TRIGGER USER")
    StagedFile.objects.update(staged_at="2026-01-01T00:00+07:00")
    assert sending.sweep_staged() == 1
    sender.finish()
    assert sender.page.status_code == 422 and "Chọn lại tệp" in sender.text
    assert fields_of(sender.page)["place"] == "Ngõ Hòa Bình"


def test_a_busy_address_waits_with_its_words_kept_and_others_go_on(monkeypatch):
    monkeypatch.setitem(throttle.LIMITS, "send", 2)
    busy = Sender(Client(REMOTE_ADDR="203.0.113.9"))
    busy.send()
    busy.send()
    busy.begin()
    busy.tell()
    assert busy.finish().status_code == 429 and "quá nhiều" in busy.text
    assert fields_of(busy.page)["sealed"] and Tip.objects.count() == 2
    other = Sender(Client(REMOTE_ADDR="203.0.113.10"))
    assert other.send() and Tip.objects.count() == 3


def test_pages_are_vietnamese_labelled_and_of_one_piece(sender):
    pages = [sender.client.get(reverse("tips:start")), sender.begin(), sender.tell(story="")]
    pages += [sender.tell(contact_phone="0912"), sender.finish(answer="0"), sender.finish()]
    code = sender.code
    pages += [sender.client.get(reverse("tips:follow")), sender.follow("khong co"), sender.follow(code)]
    pages += [sender.post("write", {"province": "", "commune_name": ""})]
    assert [faults(page) for page in pages] == [[]] * len(pages)


def test_no_page_keeps_or_reveals_anything(sender, cast):
    """Also where an officer is signed in: the pages do not look."""
    sender.client.force_login(cast.officer)
    before = Session.objects.get().session_data
    with CaptureQueriesContext(connection) as queries:
        sender.send(contact_name="Lê Thị Ánh")
        pages = [sender.client.get(reverse(f"tips:{name}"), follow=True) for name in PAGES]
        pages += [sender.page, sender.begin(), sender.tell(), sender.follow("ba " * 10)]
    asked = " ".join(query["sql"] for query in queries)
    assert "django_session" not in asked and "accounts_user" not in asked
    for page in pages:
        assert "no-store" in page["Cache-Control"] and page["Referrer-Policy"] == "no-referrer"
        assert page["X-Content-Type-Options"] == "nosniff" and "noindex" in page["X-Robots-Tag"]
        assert not page.cookies
        assert "script" not in page.content.decode() and cast.officer.full_name not in page.content.decode()
    assert Session.objects.get().session_data == before


def test_the_first_visit_is_light(sender):
    """The page, its style and its sign, as sent: without a script there is nothing more."""
    first = sender.client.get(reverse("tips:start"))
    html = first.content.decode()
    parts = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    assert parts == ["portal.css", "portal.svg"]
    sizes = [len(gzip.compress(first.content))]
    for part in parts:
        with open(finders.find(part), "rb") as file:
            sizes.append(len(gzip.compress(file.read())))
    assert sum(sizes) <= LIGHT_BYTES / 4, sizes
    assert len(gzip.compress(sender.begin("").content)) <= LIGHT_BYTES / 4
