"""What every page carries: who I am, where I may go, the way past the head, and the rules of this place."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from tests.portal.ui.pages import faults_of


def home_of(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("home"), follow=True).content.decode()


def nav_of(html: str) -> list[str]:
    bar = re.search(r'<nav aria-label="Mục chính">.*?</nav>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)", bar[0]) if bar else []


@pytest.mark.parametrize(
    ("who", "sees", "misses"),
    [
        (
            "officer",
            {"Việc cần làm", "Sổ theo dõi hoạt động", "Báo cáo"},
            {"Quản trị", "Tình hình gửi báo cáo"},
        ),
        ("province", {"Báo cáo", "Tình hình gửi báo cáo"}, {"Quản trị"}),
        ("admin", {"Quản trị", "Đơn vị hành chính"}, {"Báo cáo", "Sổ theo dõi hoạt động"}),
    ],
)
def test_navigation_offers_what_one_may_open(client, cast, who, sees, misses):
    shown = set(nav_of(home_of(client, getattr(cast, who))))
    assert sees <= shown and not misses & shown


def test_every_offered_page_opens(client, cast):
    for name, user in cast.everyone():
        html = home_of(client, user)
        for url in re.findall(r'<a href="([^"]+)"', re.search(r"<nav.*?</nav>", html, re.DOTALL)[0]):
            assert client.get(url, follow=True).status_code == 200, (name, url)


def test_the_page_one_is_on_is_marked(client, cast):
    client.force_login(cast.officer)
    html = client.get(reverse("activities:choose")).content.decode()
    current = re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)', html)
    assert current == ["Sổ theo dõi hoạt động"]


@pytest.mark.parametrize(
    ("who", "leads_to", "beside"),
    [
        ("officer", "tip_desk:queue", {"tip_taking:take_in", "tip_taking:taken", "tip_desk:counts"}),
        ("colleague", "tip_taking:take_in", {"tip_taking:taken", "tip_desk:counts"}),
        ("province_front", "tip_desk:counts", set()),
    ],
)
def test_one_entry_for_tips_leads_to_the_first_page_one_may_open(client, cast, who, leads_to, beside):
    home = home_of(client, getattr(cast, who))
    assert nav_of(home).count("Nguồn tin") == 1 and f'href="{reverse(leads_to)}"' in home
    html = client.get(reverse(leads_to)).content.decode()
    actions = re.search(r'<div class="page-actions">.*?</div>', html, re.DOTALL)[0]
    assert set(re.findall(r'href="([^"]+)"', actions)) == {reverse(name) for name in beside}
    for page in (leads_to, *beside):
        shown = client.get(reverse(page)).content.decode().split("<main")[0]
        assert re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)', shown) == ["Nguồn tin"]


def test_the_log_leads_to_the_coverage_of_festivals(client, cast):
    client.force_login(cast.officer)
    url = reverse("festivals:coverage")
    assert f'href="{url}"' in client.get(reverse("activities:list")).content.decode()
    shown = client.get(url).content.decode()
    assert re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)', shown) == ["Sổ theo dõi hoạt động"]


def test_head_says_who_i_am(client, cast):
    assert "Trưởng Công an phường Thành Sen" in home_of(client, cast.leader)
    assert "Cán bộ Công an tỉnh Hà Tĩnh" in home_of(client, cast.province)


def test_signing_out_is_no_link(client, cast):
    html = home_of(client, cast.officer)
    assert f'method="post" action="{reverse("accounts:sign_out")}"' in html
    assert f'href="{reverse("accounts:sign_out")}"' not in html


def test_way_past_the_head_language_and_the_rule_on_secrets(client, cast):
    html = home_of(client, cast.officer)
    assert html.index('href="#noi-dung"') < html.index("<header") and '<main id="noi-dung"' in html
    assert "bí mật nhà nước" in html
    assert '"allowEval":false' in html and '"includeIndicatorStyles":false' in html
    assert faults_of(html) == []


def test_the_frame_costs_one_query_of_its_own(client, cast, django_assert_max_num_queries):
    """Session, account, postings, and how many reminders are unread: head and navigation ask nothing more."""
    client.force_login(cast.officer)
    with django_assert_max_num_queries(4):
        assert client.get("/khong-co-trang-nay/").status_code == 404


def test_messages_are_announced():
    html = render_to_string("ui/_messages.html", {"messages": [Message(constants.SUCCESS, "Đã lưu <b>")]})
    assert 'role="status"' in html and "Đã lưu &lt;b&gt;" in html


def test_pagination_keeps_the_filters():
    request = RequestFactory().get("/so-theo-doi/?q=Hòa&page=2")
    page = Paginator(range(30_000), 20).page(2)
    html = render_to_string("ui/_pagination.html", {"page": page}, request=request)
    assert "q=H%C3%B2a&amp;page=3" in html and "page=1500" in html
    assert "21–40 trong 30.000" in " ".join(html.split())
    assert "<nav" not in render_to_string("ui/_pagination.html", {"page": Paginator([1], 20).page(1)})


def test_tags():
    context = Context({"n": 1012, "part": 3, "whole": 4, "bad": "<b>"})
    source = "{% load portal_ui %}{{ n|number }} {{ part|percent_of:whole }} {% state_tag 'returned' bad %}"
    assert Template(source).render(context) == '1.012 75% <span class="tag late">&lt;b&gt;</span>'
