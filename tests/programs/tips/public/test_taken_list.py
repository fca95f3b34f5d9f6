"""Who took a tip in sees how far it is, and nothing else: not its words, not what the other side took in."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Role, Side
from programs.tips import handling
from programs.tips.states import Category, Channel
from tests.factories.user import commune, make_officer
from tests.portal.ui.pages import faults_of
from tests.programs.tips import make

URL = "tip_taking:taken"


def taken(side="front", unit=None, **fields):
    return make.tip(unit, channel=Channel.PHONE, taken_side=side, **fields)


def page(user, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(URL), query)


def test_the_front_sees_the_state_and_no_word(cast):
    tip = taken(category=Category.CRIME)
    answer = page(cast.colleague)
    (row,) = answer.context["rows"]
    assert (row.state, row.channel) == ("Đã tiếp nhận", "Gọi điện thoại")
    assert row.taker == f"Mặt trận Tổ quốc {commune().full_name_in_sentence}"
    handling.triage(tip=tip, seen=tip.revision, category=Category.CRIME, by=cast.officer)
    answer = page(cast.colleague)
    html = answer.content.decode()
    assert answer.context["rows"][0].state == "Đang kiểm tra, xác minh"
    for word in (tip.story[:20], tip.place, tip.time_text, "Tội phạm", cast.officer.full_name):
        assert word not in html.split("<main")[1]
    assert faults_of(html) == [] and "no-store" in answer["Cache-Control"]


def test_each_side_and_each_unit_for_itself(cast):
    taken("front")
    taken("police")
    taken("front", commune("18100"))
    taken("front", about_officer=True)
    make.tip()
    for user, side in ((cast.colleague, "Mặt trận Tổ quốc"), (cast.officer, "Công an")):
        assert [row.taker for row in page(user).context["rows"]] == [
            f"{side} {commune().full_name_in_sentence}"
        ]
    make_officer(commune("18100"), role=Role.COMMUNE_OFFICER, side=Side.FRONT, user=cast.officer)
    assert len(page(cast.officer).context["rows"]) == 2


@pytest.mark.parametrize("who", ["province", "province_front", "national", "admin"])
def test_nobody_above_sees_it(cast, who):
    assert page(getattr(cast, who)).status_code == 403


def test_pages_and_few_questions(cast, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("programs.tips.public.taken_list.PAGE_SIZE", 2)
    for _ in range(3):
        taken()
    client = Client()
    client.force_login(cast.colleague)
    with django_assert_max_num_queries(9):
        first = client.get(reverse(URL))
    assert len(first.context["rows"]) == 2 and len(page(cast.colleague, page=2).context["rows"]) == 1
