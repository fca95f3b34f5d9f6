"""A new record made from one that is there; the kinds that are logged most at hand."""

import pytest
from django.urls import reverse

from portal.units.models import AdminUnit
from programs.activities.actions import delete_activity
from programs.activities.registry import kinds
from programs.activities.usage import kinds_by_use
from programs.awareness.models import AwarenessSession
from programs.grassroots.models import Mediation
from programs.partners.actions import set_partners
from tests.factories.activities import former_commune
from tests.factories.custom import enter, fireworks
from tests.programs.activities.pages import (
    MEDIATION,
    SESSION,
    area,
    check_html,
    create_url,
    days_ago,
    log,
    mediation_post,
    save,
    session_post,
    thanh_sen,
    tran_phu,
    typed,
)

pytestmark = pytest.mark.django_db


def copy_page(client, user, record, kind=SESSION, page="activities:create"):
    client.force_login(user)
    return client.get(f"{reverse(page, args=[kind])}?sao={record.pk}")


def test_it_takes_what_stays_the_same_and_leaves_the_occasion(client, cast):
    five, guns = area(thanh_sen(), "5"), fireworks()
    record = log(client, cast.officer, areas=[five.pk], valuable_tips="3")
    enter(record, guns, "2.5")
    parties = {"chaired": ["police", "front"], "joined": [], "movements": []}
    set_partners(entry_id=record.pk, units=[tran_phu()], by=cast.officer, **parties)
    page = check_html(copy_page(client, cast.colleague, record))
    assert "Chép từ “Tuyên truyền quản lý, sử dụng pháo" in page.text and "invalid-feedback" not in page.text
    assert page.value("title") == record.title and page.checked("topics") == ["crime", "fireworks"]
    assert page.checked("areas") == [str(five.pk)] and page.checked("partners-chaired") == ["police", "front"]
    assert "Phường Trần Phú" in page.text and page.value(f"chi-tieu-{guns.slug}") in (None, "")
    assert page.value("held_on") == typed(days_ago(0))
    assert not page.value("attendances") and not page.value("valuable_tips")
    assert record.narrative not in page.text
    assert page.value("client_token") not in ("", None, str(record.client_token))


def test_the_copy_is_saved_as_a_record_of_its_own(client, cast):
    record = log(client, cast.officer)
    token = check_html(copy_page(client, cast.officer, record)).value("client_token")
    done = save(client, create_url(), session_post(client_token=token, held_on=typed(days_ago(1))))
    assert done.status_code == 302 and type(record).objects.count() == 2


def test_an_outcome_is_not_copied(client, cast):
    ended = {"outcome": "succeeded", "concluded_on": typed(days_ago(5)), "case_count": "3"}
    record = log(client, cast.officer, MEDIATION, **ended)
    page = check_html(copy_page(client, cast.officer, record, MEDIATION))
    chosen = [a["value"] for a in page.all("option") if "selected" in a]
    assert "land" in chosen and "succeeded" not in chosen
    assert not page.value("concluded_on") and page.value("case_count") == "1"


def test_a_grouped_record_is_copied_into_its_own_form(client, cast):
    client.force_login(cast.officer)
    url = reverse("activities:create_grouped", args=[SESSION])
    days = {"held_on": "02/03/2026", "held_to": "10/03/2026"}
    assert save(client, url, session_post(session_count="4", **days)).status_code == 302
    record = AwarenessSession.objects.get()
    detail = check_html(client.get(reverse("activities:detail", args=[record.pk])))
    (link,) = [a["href"] for a in detail.all("a") if "?sao=" in a.get("href", "")]
    assert link == f"{url}?sao={record.pk}"
    assert check_html(client.get(link)).value("title") == record.title


def test_a_record_of_a_former_commune_is_copied_to_todays(client, cast):
    old = former_commune()
    record = log(client, cast.officer, unit=old.pk, held_on="20/06/2025")
    page = check_html(copy_page(client, cast.officer, record))
    chosen = [a["value"] for a in page.all("option") if "selected" in a]
    assert str(thanh_sen().pk) in chosen and str(old.pk) not in chosen
    assert isinstance(record.unit, AdminUnit)


def test_what_one_may_not_read_cannot_be_copied(client, cast):
    record = log(client, cast.officer)
    assert copy_page(client, cast.neighbour, record).status_code == 404
    assert copy_page(client, cast.officer, record, MEDIATION).status_code == 404
    for wrong in ("x", "²", "9" * 30):
        assert client.get(f"{create_url()}?sao={wrong}").status_code == 404
    delete_activity(activity=record, reason="Nhập trùng hai lần", by=cast.officer)
    assert copy_page(client, cast.officer, record).status_code == 404
    assert "?sao=" not in client.get(reverse("activities:detail", args=[record.pk])).content.decode()


def test_who_only_reads_is_not_offered_a_copy(client, cast):
    record = log(client, cast.officer)
    client.force_login(cast.province)
    assert "?sao=" not in client.get(reverse("activities:detail", args=[record.pk])).content.decode()


def test_the_kinds_logged_most_come_first(client, cast, django_assert_num_queries):
    log(client, cast.officer)
    for n in range(2):
        post = mediation_post(title=f"Tranh chấp lối đi chung số {n}")
        assert save(client, create_url(MEDIATION), post).status_code == 302
    log(client, cast.colleague)
    assert Mediation.objects.count() == 2
    with django_assert_num_queries(1):
        first = kinds_by_use(cast.officer)
    assert [kind.slug for kind in first[:2]] == [MEDIATION, SESSION] and set(first) == set(kinds())
    client.force_login(cast.officer)
    home = check_html(client.get(reverse("home")))
    links = [a["href"] for a in home.all("a") if a.get("href", "").startswith("/so-theo-doi/nhap/")]
    links = [link for link in links if "?" not in link]  # of the messages
    assert links[:2] == [create_url(MEDIATION), create_url(SESSION)]
    assert {create_url(kind.slug) for kind in kinds()} <= set(links)
