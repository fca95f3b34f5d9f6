"""Long lists: looked through as far as the next pages, said so, and in order to the end."""

import pytest
from django.db import connection
from django.urls import reverse

from programs.activities import paging
from programs.activities.models import ActivityEntry
from programs.awareness.models import AwarenessSession
from tests.factories.activities import new_session
from tests.programs.activities.pages import check_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def log_of_sixty(cast, monkeypatch):
    monkeypatch.setattr(paging, "LOOKED_THROUGH", 50)
    titles = (f"Tuyên truyền lần {n}" for n in range(60))
    AwarenessSession.objects.bulk_create(new_session(cast.officer, title=title) for title in titles)


def page(asked):
    return paging.page_of(ActivityEntry.objects.latest_first(), asked)


def test_it_stops_at_the_limit_and_says_so(log_of_sixty):
    first = page("1")
    assert (first.paginator.count, first.paginator.count_in_words) == (50, "hơn 50")
    assert first.has_next() and first.paginator.num_pages == 2
    second = page("2")
    assert (second.paginator.count_in_words, second.paginator.num_pages) == ("60", 3) and second.has_next()
    third = page("3")
    assert not third.has_next() and len(third) == 10
    shown = [entry.pk for each in (first, second, third) for entry in each]
    assert shown == list(ActivityEntry.objects.latest_first().values_list("pk", flat=True))


def test_a_number_that_is_none_shows_the_first_or_the_last(log_of_sixty):
    assert page("x").number == page(None).number == page("²").number == 1
    assert page("77").number == 3
    assert page("99999999999").paginator.limit == 50


def test_the_page_says_that_there_are_more(client, cast, log_of_sixty):
    client.force_login(cast.province)
    shown = check_html(client.get(reverse("activities:list"), {"q": "truyen lan"}))
    assert "hơn 50 hoạt động khớp với điều kiện lọc" in shown.text and "1–25 trong hơn 50" in shown.text
    assert "60 hoạt động" in client.get(reverse("activities:list"), {"page": "3"}).content.decode()


def test_a_search_reads_the_index_of_the_own_communes_and_no_table(cast, log_of_sixty):
    entries = ActivityEntry.objects.visible_to(cast.province, "log.view").live().search("tuyen truyen")
    ids = entries.latest_first().values_list("pk", flat=True)[:1001]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = ids.explain()
    assert "Index Only Scan" in plan and "entry_of_unit" in plan, plan
