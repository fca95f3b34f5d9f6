"""The pages as people and attackers use them: nothing is lost by a bad file, nothing leaks."""

import errno
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.attachments import actions, limits, storage
from programs.attachments.models import Evidence, Photo
from tests.factories import files
from tests.portal.ui.pages import faults_of
from tests.programs.attachments.test_actions import add, on_disk, picture


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def named(name: str, data: bytes) -> SimpleUploadedFile:
    # The name as sent: Django's own upload class would tidy it here already, as it does on receipt.
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def send_photos(user, entry, *sent, caption=""):
    url = reverse("attachments:add_photos", args=[entry.pk])
    return client_of(user).post(url, {"files": [named(*one) for one in sent], "caption": caption})


def send_evidence(user, entry, name, data, title=""):
    url = reverse("attachments:add_evidence", args=[entry.pk])
    return client_of(user).post(url, {"files": named(name, data), "title": title})


def page_of(user, entry) -> str:
    return client_of(user).get(reverse("activities:detail", args=[entry.pk])).content.decode()


def test_two_photos_at_once_stand_in_the_gallery(cast, entry):
    sent = [("sáng.jpg", files.jpeg_from_a_phone(1)), ("chiều.png", files.encoded(files.scene(2), "PNG"))]
    response = send_photos(cast.officer, entry, *sent, caption="Phần lễ tại Tổ dân phố Hòa Bình")
    assert response.status_code == 302
    html = page_of(cast.officer, entry)
    assert html.count('alt="Phần lễ tại Tổ dân phố Hòa Bình"') == 2
    assert "Đã nhận: sáng.jpg, chiều.png." in html or Photo.objects.count() == 2
    assert "Nguyễn Văn Đức thêm" in html and faults_of(html) == []


def test_a_bad_file_spoils_no_good_one(cast, entry):
    sent = [("tot.jpg", files.jpeg()), ("vo.jpg", files.jpeg(3)[:9000]), ("hinh.jpg", files.SVG)]
    response = send_photos(cast.officer, entry, *sent, caption="Phần hội")
    html = response.content.decode()
    assert response.status_code == 200 and Photo.objects.count() == 1
    assert "Đã nhận và lưu:</b> tot.jpg" in html
    assert "vo.jpg: Ảnh bị hỏng" in html and "hinh.jpg: Tệp này không phải ảnh" in html
    assert 'value="Phần hội"' in html, "what was typed is kept"
    assert faults_of(html, frozenset({"tot", "vo", "hinh"})) == []


def test_sending_again_adds_nothing(cast, entry):
    for _ in range(2):
        assert send_photos(cast.officer, entry, ("a.jpg", files.jpeg())).status_code == 302
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data"), [("x.jpg", files.HTML), ("x.jpg", files.gif_polyglot()), ("x.jpg", b"")]
)
def test_what_is_no_photo_leaves_nothing(name, data, cast, entry, media):
    response = send_photos(cast.officer, entry, (name, data))
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not Photo.objects.exists() and on_disk(media) == set()


def test_a_full_disk_is_said_at_the_field(cast, entry, media, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    response = send_photos(cast.officer, entry, ("a.jpg", files.jpeg()), caption="Phần lễ")
    html = response.content.decode()
    assert response.status_code == 200 and "a.jpg: Máy chủ hết chỗ" in html and 'value="Phần lễ"' in html
    assert on_disk(media) == set() and not Photo.objects.exists()


def test_no_file_at_all(cast, entry):
    html = send_photos(cast.officer, entry, caption="Chỉ có chú thích").content.decode()
    assert "Chọn tệp." in html and "Chỉ có chú thích" in html and faults_of(html) == []


def test_a_caption_that_is_too_long_takes_no_file(cast, entry, media):
    html = send_photos(cast.officer, entry, ("a.jpg", files.jpeg()), caption="á" * 201).content.decode()
    assert 'role="alert"' in html and not Photo.objects.exists() and on_disk(media) == set()


def test_a_name_cannot_do_harm(cast, entry):
    """Folders, a turned-around extension and markup, in the header that names the file."""
    html = send_photos(cast.officer, entry, ("../../<b>anh\u202egpj.svg", files.SVG)).content.decode()
    assert "<b>anh" not in html and "\u202e" not in html and "../" not in html
    send_evidence(cast.officer, entry, "../../etc/pass\u202ewd\r\nSet-Cookie: x=1.pdf", files.pdf())
    found = Evidence.objects.get()
    response = client_of(cast.officer).get(reverse("attachments:download_evidence", args=[found.pk]))
    header = response["Content-Disposition"]
    assert header.startswith("attachment;") and "\u202e" not in found.name and "/" not in found.name
    assert "\n" not in header and "Set-Cookie" not in response.headers


def test_evidence_is_only_ever_downloaded(cast, entry):
    data = files.docx("Biên bản bàn giao")
    assert send_evidence(cast.officer, entry, "Biên bản Hoà giải.docx", data).status_code == 302
    found = Evidence.objects.get()
    url = reverse("attachments:download_evidence", args=[found.pk])
    response = client_of(cast.province).get(url, headers={"accept-encoding": "gzip"})
    assert b"".join(response.streaming_content) == data
    headers = response.headers
    assert headers["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n%20Ho"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert headers["Content-Type"].endswith("wordprocessingml.document")
    assert headers["Content-Length"] == str(len(data)) and "private" in headers["Cache-Control"]
    html = page_of(cast.officer, entry)
    assert "download>Tải về" in html and faults_of(html) == []


def test_an_executable_named_pdf_is_refused(cast, entry, media):
    html = send_evidence(
        cast.officer, entry, "kế hoạch.pdf", b"MZ\x90\0" + bytes(500), "Kế hoạch"
    ).content.decode()
    assert "Chỉ nhận tài liệu PDF hoặc Word" in html and 'value="Kế hoạch"' in html
    assert on_disk(media) == set()


def test_photos_are_served_as_jpeg_to_be_shown_or_saved(cast, entry):
    photo = add(entry, cast.officer)
    client = client_of(cast.province)
    shown = client.get(reverse("attachments:photo", args=[photo.pk]))
    saved = client.get(reverse("attachments:download_photo", args=[photo.pk]))
    small = client.get(reverse("attachments:thumbnail", args=[photo.pk]))
    assert b"".join(shown.streaming_content) == b"".join(saved.streaming_content) == picture().jpeg
    assert b"".join(small.streaming_content) == picture().thumbnail
    for response in (shown, saved, small):
        assert response["Content-Type"] == "image/jpeg" and "private" in response["Cache-Control"]
        assert (
            response["X-Content-Type-Options"] == "nosniff"
            and "sandbox" in response["Content-Security-Policy"]
        )
    assert shown["Content-Disposition"].startswith("inline") and "attachment" in saved["Content-Disposition"]


FILE_VIEWS = ("photo", "thumbnail", "download_photo")


@pytest.mark.parametrize("who", ["neighbour", "other_province"])
def test_a_foreign_unit_finds_nothing(who, cast, entry):
    """The address, the record, the file: all as if they did not exist, also by POST."""
    photo = add(entry, cast.officer)
    send_evidence(cast.officer, entry, "a.pdf", files.pdf())
    found, client = Evidence.objects.get(), client_of(getattr(cast, who))
    addresses = [reverse(f"attachments:{view}", args=[photo.pk]) for view in FILE_VIEWS]
    addresses.append(reverse("attachments:download_evidence", args=[found.pk]))
    assert {client.get(url).status_code for url in addresses} == {404}
    for view, pk in (("caption", photo.pk), ("remove_photo", photo.pk), ("remove_evidence", found.pk)):
        status = client.post(reverse(f"attachments:{view}", args=[pk]), {"reason": "Ảnh sai", "caption": "x"})
        assert status.status_code in (403, 404)
    assert send_photos(getattr(cast, who), entry, ("a.jpg", files.jpeg(4))).status_code in (403, 404)
    assert Photo.objects.kept().count() == Evidence.objects.kept().count() == 1


@pytest.mark.parametrize("who", ["province", "province_front_leader"])
def test_the_province_reads_only(who, cast, entry):
    photo = add(entry, cast.officer)
    user = getattr(cast, who)
    html = page_of(user, entry)
    assert "Thêm ảnh" not in html and "Gỡ…" not in html and "Tải về" in html
    assert send_photos(user, entry, ("a.jpg", files.jpeg(4))).status_code == 403
    assert client_of(user).post(reverse("attachments:remove_photo", args=[photo.pk])).status_code == 403


def test_a_removed_photo_is_not_served_any_more(cast, entry):
    photo = add(entry, cast.officer)
    client = client_of(cast.colleague)
    url = reverse("attachments:remove_photo", args=[photo.pk])
    assert "Ghi lý do gỡ" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "Ảnh của hoạt động khác"}).status_code == 302
    assert {client.get(reverse(f"attachments:{v}", args=[photo.pk])).status_code for v in FILE_VIEWS} == {404}
    html = client.get(reverse("attachments:history", args=[entry.pk])).content.decode()
    assert "Ảnh của hoạt động khác" in html and "Gỡ ảnh" in html and "Thêm ảnh" in html
    assert cast.colleague.full_name in html and cast.officer.full_name in html and faults_of(html) == []


def test_a_caption_is_changed(cast, entry):
    photo = add(entry, cast.officer)
    url = reverse("attachments:caption", args=[photo.pk])
    assert faults_of(client_of(cast.officer).get(url).content.decode()) == []
    assert client_of(cast.officer).post(url, {"caption": "Phần hội: kéo co"}).status_code == 302
    assert 'alt="Phần hội: kéo co"' in page_of(cast.officer, entry)


def test_a_missing_file_is_said_and_breaks_no_page(cast, entry):
    photo = add(entry, cast.officer)
    send_evidence(cast.officer, entry, "a.pdf", files.pdf())
    storage.remove(photo.sha256)
    storage.remove(Evidence.objects.get().sha256)
    html = page_of(cast.officer, entry)
    assert "Tệp ảnh không còn trên máy chủ" in html and "Tệp không còn trên máy chủ" in html
    client = client_of(cast.officer)
    for url in (
        reverse("attachments:photo", args=[photo.pk]),
        reverse("attachments:download_evidence", args=[Evidence.objects.get().pk]),
    ):
        response = client.get(url)
        assert response.status_code == 404 and "không còn trên máy chủ" in response.content.decode()


def test_a_photo_seen_before_is_hinted_at_not_refused(cast, entry, other_entry):
    add(entry, cast.officer)
    assert send_photos(cast.colleague, other_entry, ("a.jpg", files.jpeg())).status_code == 302
    add(other_entry, cast.officer)
    html = page_of(cast.officer, other_entry)
    assert "giống ảnh của hoạt động" in html and reverse("activities:detail", args=[entry.pk]) in html
    assert "giống ảnh" not in page_of(cast.officer, entry)


def test_a_deleted_record_shows_its_photos_and_takes_none(cast, entry):
    add(entry, cast.officer)
    record = entry.activity()
    record.deleted_at, record.deleted_by, record.deletion_reason = timezone.now(), cast.officer, "Nhập trùng"
    record.save()
    html = page_of(cast.officer, entry)
    assert "Thêm ảnh" not in html and "Tải về" in html
    response = client_of(cast.officer).get(reverse("attachments:add_photos", args=[entry.pk]))
    assert response.status_code == 302


def test_the_entry_form_leads_on_to_the_photos(cast):
    from programs.activities.models import ActivityEntry
    from tests.programs.activities.pages import session_post

    url = reverse("activities:create", args=["tuyen-truyen"])
    client = client_of(cast.officer)
    assert 'name="then" value="photos"' in client.get(url).content.decode()
    response = client.post(url, session_post(then="photos"))
    entry = ActivityEntry.objects.latest("pk")
    assert response.url == reverse("attachments:add_photos", args=[entry.pk])
    assert faults_of(client.get(response.url).content.decode()) == []


def test_the_gallery_takes_a_bounded_number_of_queries(cast, entry, django_assert_max_num_queries):
    client, url = client_of(cast.officer), reverse("activities:detail", args=[entry.pk])

    def queries() -> int:
        client.get(url)
        with django_assert_max_num_queries(31) as seen:
            client.get(url)
        return len(seen)

    add(entry, cast.officer, 0)
    few = queries()
    for seed in range(1, limits.PHOTOS_PER_ENTRY):
        add(entry, cast.officer, seed)
    assert queries() == few


def test_lists_say_how_many_there_are(cast, entry, other_entry):
    add(entry, cast.officer, 1), add(entry, cast.officer, 2)
    actions.add_evidence(entry=entry, data=files.pdf(), sent_name="a.pdf", by=cast.officer)
    html = client_of(cast.officer).get(reverse("activities:list")).content.decode()
    assert html.count("2 ảnh, 1 tài liệu") == 1


def test_nginx_sends_the_file_where_it_is_set_up(cast, entry, settings):
    photo = add(entry, cast.officer)
    settings.X_ACCEL_PREFIX = "/tep-noi-bo/"
    url = reverse("attachments:photo", args=[photo.pk])
    response = client_of(cast.officer).get(url)
    assert response["X-Accel-Redirect"] == f"/tep-noi-bo/tep/{photo.sha256[:2]}/{photo.sha256}"
    assert response.content == b"" and response["Content-Type"] == "image/jpeg"
    assert client_of(cast.neighbour).get(url).status_code == 404
    storage.remove(photo.sha256)
    assert client_of(cast.officer).get(url).status_code == 404


def test_a_long_history_has_pages(cast, entry):
    photo = add(entry, cast.officer)
    for number in range(55):
        actions.caption_photo(photo=photo, caption=f"Lần {number}", by=cast.officer)
    html = client_of(cast.officer).get(reverse("attachments:history", args=[entry.pk])).content.decode()
    assert "1–50 trong 56" in html
