"""A likely twin is shown before saving, the other side's first of all; it never stops who has seen it."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs.awareness.models import AwarenessSession
from programs.partners.twins import Sought, likeness, twins_of
from tests.programs.activities.pages import (
    area,
    check_html,
    create_url,
    days_ago,
    log,
    session_post,
    thanh_sen,
    typed,
)

TITLE = "Tuyên truyền quản lý, sử dụng pháo tại Trường THCS Nguyễn Đổng Chi"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (TITLE, "Tuyên truyền sử dụng pháo, Trường THCS Nguyễn Đổng Chi", True),
        (TITLE, "TUYEN TRUYEN QUAN LY SU DUNG PHAO TAI TRUONG THCS NGUYEN DONG CHI", True),
        ("Tọa đàm ở Thôn Thái Hoà", "Tọa đàm ở thôn Thái Hòa", True),
        (TITLE, "Tuyên truyền phòng, chống lừa đảo trên không gian mạng", False),
        ("Tuyên truyền phòng, chống ma túy", "Tuyên truyền phòng, chống mua bán người", False),
    ],
)
def test_titles_are_compared_by_their_telling_words(one, other, alike):
    assert (likeness(one, other) >= 0.6) is alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1


@pytest.mark.django_db
def test_the_other_sides_record_is_shown_before_a_second_one_is_saved(client, cast):
    polices = log(client, cast.officer, title=TITLE)
    client.force_login(cast.colleague)
    sent = session_post(title="Tuyên truyền sử dụng pháo tại Trường THCS Nguyễn Đổng Chi", attendances="950")
    page = check_html(client.post(create_url(), sent))
    assert "Có hoạt động gần giống" in page.text and "Công an ghi" in page.text
    assert reverse("activities:detail", args=[polices.pk]) in {a.get("href") for a in page.all("a")}
    assert page.value("attendances") == "950"
    assert AwarenessSession.objects.count() == 1
    key = page.value("seen")
    assert key == f"twin:{polices.pk}"
    response = client.post(create_url(), sent | {"seen": key})
    assert response.status_code == 302 and AwarenessSession.objects.count() == 2
    detail = client.get(response.url).content.decode()
    assert "Có thể trùng với" in detail
    again = client.post(create_url(), sent, follow=True).content.decode()
    assert "đã có trong sổ từ lần gửi trước" in again and AwarenessSession.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"held_on": typed(days_ago(4))}, True),
        ({"held_on": typed(days_ago(5))}, False),
        ({"title": "Nói chuyện về Luật Trật tự, an toàn giao thông"}, False),
    ],
)
def test_near_days_and_alike_titles_only(client, cast, change, asked):
    log(client, cast.officer, title=TITLE)
    client.force_login(cast.colleague)
    response = client.post(create_url(), session_post(title=TITLE) | change)
    assert (response.status_code == 200) is asked


@pytest.mark.django_db
def test_one_place_on_one_day_is_a_twin_and_two_places_are_none(client, cast):
    five, six = area(thanh_sen(), "5"), area(thanh_sen(), "6")
    first = log(client, cast.officer, title=TITLE, areas=[five.pk])

    def found(title, areas):
        sought = Sought("tuyen-truyen", thanh_sen().pk, first.day, title, frozenset(areas))
        return [entry.pk for entry in twins_of(sought)]

    assert found("Ra quân an toàn giao thông", {five.pk, six.pk}) == [first.pk]
    assert found(TITLE, {six.pk}) == []
    assert found(TITLE, ()) == [first.pk]


@pytest.mark.django_db
def test_twins_cost_two_queries_however_many_there_are(cast, client, django_assert_num_queries):
    five = area(thanh_sen(), "5")
    for _ in range(5):
        record = log(client, cast.officer, title=TITLE, areas=[five.pk])
    sought = Sought("tuyen-truyen", thanh_sen().pk, record.day, TITLE, frozenset({five.pk}))
    with django_assert_num_queries(2):
        assert len(twins_of(sought)) == 3
