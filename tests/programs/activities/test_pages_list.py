"""The log as a list: who sees what, filters in the address, pages, bounded queries, empty states."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.activities.models import ActivityEntry, EntryArea
from programs.awareness.models import AwarenessSession
from tests.programs.activities.pages import (
    MEDIATION,
    SESSION,
    area,
    check_html,
    create_url,
    days_ago,
    log,
    thanh_sen,
    tran_phu,
    typed,
)

pytestmark = pytest.mark.django_db
LIST = "/so-theo-doi/"


def titles(response) -> list[str]:
    return [row.entry.title for row in response.context["rows"]]


def many(cast, unit, count: int) -> None:
    """Sessions by bulk, as an import writes them; one an hour would make no difference to the page."""
    programme = log_programme(unit)
    AwarenessSession.objects.bulk_create(
        AwarenessSession(
            unit=unit,
            programme=programme,
            side="police",
            title=f"Tuyên truyền lưu động số {i}",
            form="loudspeaker",
            logged_by=cast.officer,
            held_on=days_ago(i % 60),
            attendances=i,
            client_token=uuid.uuid4(),
        )
        for i in range(count)
    )


def log_programme(unit):
    from programs.coordination.models import CoordinationProgram

    return CoordinationProgram.objects.local_to(unit, timezone.localdate())


def test_the_address_is_plain():
    assert reverse("activities:list") == LIST


def test_an_empty_log_says_what_to_do(client, cast):
    client.force_login(cast.officer)
    page = check_html(client.get(LIST))
    assert create_url(SESSION) in page.text and create_url(MEDIATION) in page.text
    client.force_login(cast.province)
    page = check_html(client.get(LIST))
    assert create_url(SESSION) not in page.text and "cán bộ cấp xã" in page.text


def test_all_kinds_stand_together_latest_first_and_apart_with_their_columns(client, cast):
    log(client, cast.officer, held_on=typed(days_ago(5)))
    log(client, cast.officer, MEDIATION, received_on=typed(days_ago(2)))
    together = client.get(LIST)
    check_html(together)
    assert [row.kind.slug for row in together.context["rows"]] == [MEDIATION, SESSION]
    sessions = check_html(client.get(reverse("activities:list_kind", args=[SESSION])))
    assert "Lượt người tham dự" in sessions.text and "1.012" in sessions.text
    mediations = check_html(client.get(reverse("activities:list_kind", args=[MEDIATION])))
    assert "Đất đai, ranh giới" in mediations.text and "1.012" not in mediations.text
    assert client.get(reverse("activities:list_kind", args=["khong-co"])).status_code == 404


def test_only_the_own_commune_is_listed(client, cast):
    log(client, cast.officer, title="Việc của Thành Sen")
    log(client, cast.neighbour, unit=tran_phu().pk, title="Việc của Trần Phú")
    seen = {}
    for name in ("officer", "colleague", "neighbour", "province", "other_province"):
        client.force_login(getattr(cast, name))
        seen[name] = set(titles(client.get(LIST)))
    own, both = {"Việc của Thành Sen"}, {"Việc của Thành Sen", "Việc của Trần Phú"}
    assert seen == {
        "officer": own,
        "colleague": own,
        "neighbour": both - own,
        "province": both,
        "other_province": set(),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=hoa+giai", {"Nói chuyện Hoà giải ở tổ dân phố"}),
        ("q=HÒA", {"Nói chuyện Hoà giải ở tổ dân phố"}),
        ("q=duong+dien", {"Bàn về đường điện"}),
        ("q=khong+co+gi", set()),
        ("since={today}", {"Bàn về đường điện"}),
        ("until={week}", {"Nói chuyện Hoà giải ở tổ dân phố"}),
        ("since={week}&until={today}", {"Bàn về đường điện", "Nói chuyện Hoà giải ở tổ dân phố"}),
        ("kind=hoa-giai", set()),
        ("kind=tuyen-truyen&q=dien", {"Bàn về đường điện"}),
        ("area={area}", {"Bàn về đường điện"}),
    ],
)
def test_filters_are_in_the_address(client, cast, query, found):
    place = area(thanh_sen())
    log(client, cast.officer, title="Nói chuyện Hoà giải ở tổ dân phố", held_on=typed(days_ago(7)))
    log(client, cast.officer, title="Bàn về đường điện", held_on=typed(days_ago(0)), areas=[place.pk])
    response = client.get(
        f"{LIST}?{query.format(today=typed(days_ago(0)), week=typed(days_ago(7)), area=place.pk)}"
    )
    assert set(titles(response)) == found
    check_html(response)


@pytest.mark.parametrize(
    "query",
    [
        "since=31/02/2026",
        "until=abc",
        "kind=x",
        "area=1",
        "area=abc",
        "q=%00",
        f"q={'a' * 200}",
        "page=abc",
        "page=-1",
        f"page={'9' * 40}",
        f"area={'9' * 40}",
        "since=20/11/2026&until=01/11/2026",
        "unit=1",
        "unit=xa+khong+co+that",
        "unit=phu",
        "khac=1",
    ],
)
def test_an_unreadable_filter_is_said_and_hurts_nobody(client, cast, query):
    log(client, cast.officer)
    for who in (cast.officer, cast.province):
        client.force_login(who)
        response = client.get(f"{LIST}?{query}")
        assert response.status_code == 200
        check_html(response)


def test_the_province_picks_a_commune_and_then_its_areas(client, cast):
    place = area(thanh_sen())
    log(client, cast.officer, title="Việc của Thành Sen", areas=[place.pk])
    log(client, cast.neighbour, unit=tran_phu().pk, title="Việc của Trần Phú")
    client.force_login(cast.province)
    assert "area" not in client.get(LIST).context["filters"].fields
    unclear = check_html(client.get(f"{LIST}?unit=phuong+tran+phu"))
    assert unclear.all("input", type="radio", name="unit_choice", value=str(tran_phu().pk))
    chosen = f"{LIST}?unit=phuong+tran+phu&unit_asked=phuong+tran+phu&unit_choice={tran_phu().pk}"
    assert titles(client.get(chosen)) == ["Việc của Trần Phú"]
    picked = client.get(f"{LIST}?unit=Thành+Sen&area={place.pk}")
    check_html(picked)
    assert titles(picked) == ["Việc của Thành Sen"]


def test_pages_keep_the_filter(client, cast):
    many(cast, thanh_sen(), 60)
    client.force_login(cast.officer)
    first = client.get(f"{LIST}?q=luu+dong")
    check_html(first)
    assert len(titles(first)) == 25
    assert "q=luu+dong&amp;page=2" in first.content.decode()
    last = client.get(f"{LIST}?q=luu+dong&page=3")
    assert len(titles(last)) == 10
    assert "60 hoạt động" in last.content.decode()


def queries_of(client, address, counter) -> int:
    with counter as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["officer", "province"])
def test_the_number_of_queries_does_not_grow(client, cast, who, django_assert_max_num_queries):
    places = [area(thanh_sen(), str(n)) for n in range(1, 6)]
    record = log(client, cast.officer, areas=[p.pk for p in places])
    log(client, cast.officer)  # its twin, of which its page speaks
    log(client, cast.officer, MEDIATION)
    addresses = [
        LIST,
        reverse("activities:list_kind", args=[SESSION]),
        reverse("activities:detail", args=[record.pk]),
        reverse("activities:history", args=[record.pk]),
    ]
    client.force_login(getattr(cast, who))
    few = [queries_of(client, a, django_assert_max_num_queries(34)) for a in addresses]
    many(cast, thanh_sen(), 300)
    entries = ActivityEntry.objects.of_kind(SESSION).exclude(pk=record.pk)
    EntryArea.objects.bulk_create(EntryArea(entry=e, area=p) for e in entries for p in places)
    for attendances in range(8):
        AwarenessSession.objects.filter(pk=record.pk).update(attendances=attendances)
    more = [queries_of(client, a, django_assert_max_num_queries(34)) for a in addresses]
    assert all(after <= before for after, before in zip(more, few, strict=True)), (few, more)
