"""What a slice adds to the pages of the log: a sub-form saved together, warnings before saving, sections."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.activities import extensions
from programs.activities.extensions import Warning
from programs.activities.form_part import FormPart
from programs.awareness.models import AwarenessSession
from tests.programs.activities.pages import (
    check_html,
    create_url,
    errors_of,
    log,
    session_post,
)

pytestmark = pytest.mark.django_db
KEPT: list[tuple] = []


class FakePart(FormPart):
    """A word and a file; refuses "sai" when it is typed, "hỏng" when it is saved."""

    slug, title = "fake", "Phần thử"
    word = forms.CharField(label="Chữ thử", required=False)
    paper = forms.FileField(label="Tệp thử", required=False)

    def clean_word(self):
        word = self.cleaned_data["word"]
        if word == "sai":
            raise ValidationError("Chữ này không dùng được.")
        return word

    def save(self, record, by):
        KEPT.append((record.pk, self.cleaned_data["word"], self.cleaned_data["paper"], by))
        if self.cleaned_data["word"] == "hỏng":
            raise ValidationError("Không lưu được phần thử.")


def many_people(entering):
    """Warns of more than a thousand."""
    if (entering.form.cleaned_data.get("attendances") or 0) > 1000:
        yield Warning("many", "Số lượt người cao hơn thường lệ.")


@pytest.fixture(autouse=True)
def extended(monkeypatch):
    """The log with one fake part, one check, and a bit of everything else; nothing of other slices."""
    KEPT.clear()
    for name in ("_FORM_PARTS", "_CHECKS", "_DETAIL_PARTS", "_HINTS", "_LIST_ACTIONS", "_DETAIL_ACTIONS"):
        monkeypatch.setattr(extensions, name, [])
    monkeypatch.setattr(extensions, "_ROW_MARKS", [])
    extensions.register_form_part(FakePart)
    extensions.register_before_save(many_people)
    extensions.register_hint(lambda entry, record, user: [f"Xem lại: {record.title}"])
    extensions.register_detail_part(
        "activities/_form_part.html", lambda *_: {"part": FakePart(entering=None)}, place="side"
    )
    extensions.register_list_action("Tải về", "activities:trash")
    extensions.register_detail_action("Chép thành bản mới", "activities:history")
    extensions.register_row_marks(lambda entries, user: {entry.pk: "Dấu thử" for entry in entries})


def post(client, user, url=None, **changes):
    client.force_login(user)
    return client.post(url or create_url(), session_post(**changes))


def test_the_part_is_shown_in_a_form_that_takes_files(client, cast):
    client.force_login(cast.officer)
    page = check_html(client.get(create_url()))
    assert page.all("input", name="fake-word") and page.all("form", enctype="multipart/form-data")


def test_the_part_is_saved_with_the_activity(client, cast):
    paper = SimpleUploadedFile("bien-ban.txt", b"noi dung")
    record = log(client, cast.officer, attendances="10", **{"fake-word": "Tốt", "fake-paper": paper})
    ((pk, word, kept, by),) = KEPT
    assert (pk, word, by) == (record.pk, "Tốt", cast.officer)
    assert kept.name == "bien-ban.txt"


def test_an_error_in_the_part_keeps_everything_typed(client, cast):
    response = post(client, cast.officer, attendances="10", **{"fake-word": "sai"})
    page = check_html(response)
    assert "Chữ này không dùng được." in page.text and 'href="#phan-fake"' in page.text
    assert page.value("fake-word") == "sai" and page.value("attendances") == "10"
    assert not KEPT and not AwarenessSession.objects.exists()


def test_a_part_that_fails_on_saving_takes_the_activity_with_it(client, cast):
    response = post(client, cast.officer, attendances="10", **{"fake-word": "hỏng"})
    assert errors_of(response) == {"__all__": ["Không lưu được phần thử."]}
    assert KEPT and not AwarenessSession.objects.exists()


def test_the_same_form_with_another_part_is_another_content(client, cast):
    sent = session_post(attendances="10") | {"fake-word": "Một"}
    client.force_login(cast.officer)
    assert client.post(create_url(), sent).status_code == 302
    assert client.post(create_url(), sent).status_code == 302
    refused = client.post(create_url(), sent | {"fake-word": "Hai"})
    assert "đã được gửi một lần" in refused.content.decode()
    assert [word for _, word, _, _ in KEPT] == ["Một"]


def test_a_warning_asks_once_and_saves_when_it_was_seen(client, cast):
    sent = session_post(attendances="1.012") | {"fake-word": "Giữ"}
    client.force_login(cast.officer)
    page = check_html(client.post(create_url(), sent))
    assert "Tôi đã xem, vẫn lưu" in page.text and page.value("seen") == "many"
    assert page.value("fake-word") == "Giữ" and not page.checked("seen")
    assert not AwarenessSession.objects.exists()
    faulty = check_html(client.post(create_url(), sent | {"seen": "many", "title": ""}))
    assert faulty.value("seen") == "many"
    assert client.post(create_url(), sent | {"seen": "many"}).status_code == 302
    assert AwarenessSession.objects.get().attendances == 1012


def test_a_change_passes_parts_and_warnings_too(client, cast):
    record = log(client, cast.officer, attendances="10")
    url, change = reverse("activities:edit", args=[record.pk]), {"attendances": "2000", "revision": "1"}
    assert "Tôi đã xem" in post(client, cast.officer, url, **change).content.decode()
    change |= {"seen": "many", "fake-word": "Mới"}
    assert post(client, cast.officer, url, **change).status_code == 302
    assert KEPT[-1][:2] == (record.pk, "Mới")


def test_sections_hints_actions_and_marks_stand_on_the_pages(client, cast):
    record = log(client, cast.officer, attendances="10")
    detail = client.get(reverse("activities:detail", args=[record.pk])).content.decode()
    assert f"Xem lại: {record.title}" in detail and "Phần thử" in detail and "Chép thành bản mới" in detail
    listed = client.get(reverse("activities:list"), {"q": "pháo", "page": "1"}).content.decode()
    assert "Dấu thử" in listed and f'{reverse("activities:trash")}?q=ph%C3%A1o"' in listed
    client.force_login(cast.province)
    assert (
        "Chép thành bản mới"
        not in client.get(reverse("activities:detail", args=[record.pk])).content.decode()
    )
