"""An officer takes a tip in and does not learn the code; the person has it alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Role, Side
from portal.secrecy.models import Attestation
from programs.tips.models import SealedContact, Tip, TipEvent, TipFile
from tests.factories import files
from tests.factories.user import commune, make_officer
from tests.portal.ui.pages import faults_of
from tests.programs.tips import make
from tests.programs.tips.public.sender import Sender, fields_of
from tests.programs.tips.public.test_sending import upload


class Desk(Sender):
    """The same form on the officer's page."""

    def __init__(self, user):
        super().__init__(Client())
        self.client.force_login(user)
        self.page = self.client.get(reverse("tip_taking:take_in"))

    def take_in(self, **answers):
        given = {"category": "crime", "story": make.STORY, "channel": "phone"} | answers
        self.page = self.client.post(reverse("tip_taking:take_in"), fields_of(self.page) | given)
        return self.code


def own_code_of(ticket: str) -> Sender:
    person = Sender()
    person.follow(ticket)
    person.post("own_code", fields_of(person.page))
    return person


def test_the_ticket_opens_nothing_but_a_code_of_ones_own(cast):
    desk = Desk(cast.officer)
    ticket = desk.take_in(contact_name="Lê Thị Ánh", files=[upload(files.pdf(), "x.pdf")])
    tip = Tip.objects.get()
    assert (tip.channel, tip.taken_side, tip.is_ticket, tip.unit.code) == ("phone", "police", True, "18073")
    assert SealedContact.objects.count() == TipFile.objects.count() == 1
    assert tip.events.get().role == "Công an phường Thành Sen"
    person = Sender()
    assert "mã riêng" in person.follow(ticket).content.decode() and "Tình trạng" not in person.text
    offered = fields_of(person.page)
    person.post("own_code", offered)
    own = person.code
    assert own and own != ticket
    person.post("own_code", offered)
    assert person.code == own, "sent again after a dropped connection"
    assert "Tình trạng" in person.follow(own).content.decode()
    assert Sender().follow(ticket).status_code == 422, "the officer's ticket is void"
    assert TipEvent.objects.filter(verb="new_code").count() == 1


def test_who_comes_second_with_the_ticket_gets_nothing(cast):
    ticket = Desk(cast.officer).take_in()
    late = Sender()
    late.follow(ticket)
    offered = fields_of(late.page)
    assert own_code_of(ticket).code
    assert late.post("own_code", offered).status_code == 422 and not late.code


def test_the_front_takes_in_too_and_a_page_sent_again_is_one_tip(cast):
    desk = Desk(cast.colleague)
    page = desk.page
    ticket = desk.take_in(channel="in_person")
    desk.page = page
    assert desk.take_in(channel="in_person") == ticket
    tip = Tip.objects.get()
    assert (tip.taken_side, tip.channel) == ("front", "in_person")


def test_only_for_communes_of_ones_own(cast):
    desk = Desk(cast.officer)
    desk.take_in(unit=str(commune("18100").pk))
    assert desk.page.status_code == 422 and not Tip.objects.exists()
    make_officer(commune("18100"), role=Role.COMMUNE_OFFICER, side=Side.FRONT, user=cast.officer)
    desk = Desk(cast.officer)
    desk.take_in(unit=str(commune("18100").pk))
    assert Tip.objects.get().taken_side == "front"


@pytest.mark.parametrize("who", ["province", "national", "admin", "province_admin"])
def test_nobody_else_takes_in(who, cast):
    client = Client()
    client.force_login(getattr(cast, who))
    assert client.get(reverse("tip_taking:take_in")).status_code == 403


def test_values_are_kept_and_secrets_are_asked_about(cast):
    desk = Desk(cast.officer)
    desk.take_in(story="", place="Cổng chợ")
    assert desk.page.status_code == 422 and fields_of(desk.page)["place"] == "Cổng chợ"
    desk.take_in(story="Có tờ giấy đóng dấu TUYỆT MẬT.")
    assert desk.page.status_code == 422 and not Tip.objects.exists()
    key = re.search(r'name="attested"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="attested"', desk.text)
    desk.take_in(story="Có tờ giấy đóng dấu TUYỆT MẬT.", attested=key[1] or key[2])
    assert desk.code and Attestation.objects.get().by == cast.officer


def test_pages_are_whole_and_may_pass_the_check_against_forged_requests(cast):
    desk = Desk(cast.officer)
    pages = [desk.page]
    assert desk.take_in()
    for page in [*pages, desk.page]:
        assert faults_of(page.content.decode()) == []
        # "no-referrer" would make browsers send "Origin: null", which Django refuses.
        assert page["Referrer-Policy"] == "same-origin" and "no-store" in page["Cache-Control"]
