"""A contact is opened by two persons and a process of its own; a change of keys that is stopped goes on."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from nacl.public import PrivateKey

from programs.tips import handling, opening
from programs.tips.errors import TipError
from programs.tips.keyring import key_ring
from programs.tips.models import ContactOpening, SealedContact, TipEvent
from programs.tips.sealing import key_id, open_contact
from programs.tips.states import Verb
from tests.factories.user import TRAN_PHU, commune
from tests.programs.tips import make

CONTACT = {"name": "Đậu Thị Hoà", "phone": "0912 345 678"}


@pytest.fixture
def asked(cast) -> ContactOpening:
    return opening.ask_opening(
        tip=make.tip(contact=CONTACT), reason="Cần gặp để lấy lời khai", by=cast.officer
    )


def test_nobody_decides_alone_and_nobody_decides_twice(cast, asked):
    with pytest.raises(TipError, match="không tự duyệt"):
        opening.decide_opening(opening=asked, agreed=True, by=cast.officer)
    opening.decide_opening(opening=asked, agreed=False, by=cast.leader)
    with pytest.raises(TipError, match="đã có người"):
        opening.decide_opening(opening=asked, agreed=True, by=cast.leader)
    with pytest.raises(TipError, match="Chỉ người đề nghị"):
        opening.request_opening(opening=asked, by=cast.officer)


def test_the_page_opens_it_once_and_the_sender_reads_who_and_why(cast, asked):
    opening.decide_opening(opening=asked, agreed=True, by=cast.leader)
    client, url = Client(), reverse("tip_desk:open", args=[asked.tip_id, asked.pk])
    client.force_login(cast.officer)
    page = client.post(url).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    assert "Đậu Thị Hoà" not in client.post(url, {"key": key}).content.decode()
    assert opening.open_wanted(key_ring()) == 1 and opening.open_wanted(key_ring()) == 0
    asked.refresh_from_db()
    assert "Hoà".encode() not in bytes(asked.answer)
    with pytest.raises(TipError):
        opening.read_answer(opening=asked, private=bytes(PrivateKey.generate()))
    shown = client.post(url, {"key": key})
    assert "Đậu Thị Hoà" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    again = client.post(url, {"key": key})
    assert again.status_code == 422 and "Đậu Thị Hoà" not in again.content.decode()
    event = TipEvent.objects.get(tip=asked.tip_id, verb=Verb.CONTACT_OPENED)
    assert event.role == "Cán bộ Công an phường Thành Sen" and event.detail == asked.reason


def test_the_opener_asks_again_whether_it_may(cast, asked):
    opening.decide_opening(opening=asked, agreed=True, by=cast.leader)
    opening.request_opening(opening=asked, by=cast.officer)
    asked.tip.__class__.objects.filter(pk=asked.tip_id).update(handling_unit=commune(TRAN_PHU))
    assert opening.open_wanted(key_ring()) == 0


def test_who_agreed_must_still_be_the_one_who_may(cast, asked):
    opening.decide_opening(opening=asked, agreed=True, by=cast.leader)
    opening.request_opening(opening=asked, by=cast.officer)
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.leader.postings.update(ends_on=yesterday)
    assert opening.open_wanted(key_ring()) == 0
    cast.leader.postings.update(ends_on=None)
    assert opening.open_wanted(key_ring()) == 1


def test_a_request_that_went_with_its_unit_is_told(cast, asked):
    tip = asked.tip
    handling.pass_on(tip=tip, seen=tip.revision, unit=commune(TRAN_PHU), by=cast.officer)
    with pytest.raises(TipError, match="không còn"):
        opening.decide_opening(opening=asked, agreed=True, by=cast.leader)


def test_an_answer_that_nobody_reads_is_taken_away(cast, asked):
    opening.decide_opening(opening=asked, agreed=True, by=cast.leader)
    private = opening.request_opening(opening=asked, by=cast.officer)
    opening.open_wanted(key_ring())
    late = ContactOpening.objects.get(pk=asked.pk).opened_at - opening.ANSWER_KEPT_FOR * 2
    ContactOpening.objects.filter(pk=asked.pk).update(opened_at=late)
    assert opening.forget_unread() == 1
    with pytest.raises(TipError, match="hết hạn"):
        opening.read_answer(opening=asked, private=private)


def test_a_change_of_keys_that_was_stopped_goes_on(cast, settings, monkeypatch):
    for _ in range(5):
        make.tip(contact=CONTACT)
    new, old = PrivateKey.generate(), next(iter(key_ring().keys.values()))
    ring = opening.KeyRing.of([bytes(old).hex(), bytes(new).hex()])
    reseal, calls = opening.reseal_contact, []

    def stops(*args):
        calls.append(1)
        if len(calls) == 4:  # in the middle of the second batch
            raise KeyboardInterrupt
        return reseal(*args)

    monkeypatch.setattr(opening, "reseal_contact", stops)
    with pytest.raises(KeyboardInterrupt):
        opening.rotate(ring, new.public_key, batch=2)
    moved = SealedContact.objects.filter(key_id=key_id(new.public_key))
    assert moved.count() == 2
    monkeypatch.setattr(opening, "reseal_contact", reseal)
    told = []
    assert opening.rotate(ring, new.public_key, batch=2, step=told.append) == (3, 0)
    assert told == [2, 3]
    assert [open_contact(box, new) for box in moved.values_list("box", flat=True)] == [CONTACT] * 5
    settings.TIP_CONTACT_KEY = bytes(new.public_key).hex()
    monkeypatch.setenv("TIP_OPENER_KEYS", bytes(old).hex())
    with pytest.raises(CommandError, match="thiếu khóa riêng"):
        call_command("rotate_contact_key")
