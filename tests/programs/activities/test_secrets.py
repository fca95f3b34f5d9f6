"""Signs of a state secret stop an entry until somebody attests; who did is kept, the words are not."""

import pytest
from django.urls import reverse

from portal.secrecy.models import Attestation
from programs.awareness.models import AwarenessSession
from tests.programs.activities.pages import check_html, create_url, log, session_post

pytestmark = pytest.mark.django_db
STAMPED = {"narrative": "Đọc lại nội dung chính.\nTheo công văn MẬT số 5/CAT."}


def test_a_stamp_stops_the_entry_and_is_shown_in_its_sentence(client, cast):
    client.force_login(cast.officer)
    post = session_post(**STAMPED)
    page = check_html(client.post(create_url(), post))
    assert "Theo công văn <mark>MẬT</mark> số 5/CAT" in page.text
    assert "Tôi cam đoan nội dung này không chứa bí mật nhà nước" in page.text
    assert not AwarenessSession.objects.exists() and not Attestation.objects.exists()

    (box,) = page.all("input", name="seen")
    assert client.post(create_url(), post | {"seen": box["value"]}).status_code == 302
    kept, record = Attestation.objects.get(), AwarenessSession.objects.get()
    assert (kept.by, kept.place, kept.subject) == (cast.officer, "tuyen-truyen", record.pk)
    assert (kept.fields, kept.signs) == (["Diễn biến, kết quả"], ["MẬT"])


def test_other_words_are_asked_anew(client, cast):
    client.force_login(cast.officer)
    page = check_html(client.post(create_url(), session_post(**STAMPED)))
    (box,) = page.all("input", name="seen")
    other = session_post(narrative="Nội dung TUYỆT MẬT khác", seen=box["value"])
    assert client.post(create_url(), other).status_code == 200
    assert not AwarenessSession.objects.exists()


def test_an_edit_and_a_reason_are_asked_as_well(client, cast):
    record = log(client, cast.officer)
    edit = session_post(revision=record.revision, **STAMPED)
    assert client.post(reverse("activities:edit", args=[record.pk]), edit).status_code == 200
    delete = reverse("activities:delete", args=[record.pk])
    page = check_html(client.post(delete, {"reason": "Ghi nhầm công văn TỐI MẬT"}))
    assert "<mark>TỐI MẬT</mark>" in page.text
    assert AwarenessSession.objects.live().count() == 1
    (box,) = page.all("input", name="attested")
    sent = {"reason": "Ghi nhầm công văn TỐI MẬT", "attested": box["value"]}
    assert client.post(delete, sent).status_code == 302
    assert Attestation.objects.get().place == "activity.delete"
