"""Việc cần làm: the targets that bind the own commune, and how far it is with them."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.activities import new_session as session
from tests.factories.activities import saved
from tests.factories.plans import plan, target
from tests.factories.user import commune, province
from tests.reports.browsing import signed_in, text_of

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def home(user):
    return text_of(signed_in(user).get("/"))


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_the_own_plans_target_stands_with_its_progress_and_its_address(cast, who):
    row = target(plan(cast.officer, state="issued", signed_on=date(2026, 1, 5)), "sessions", 4)
    saved(session(cast.officer))
    page = signed_in(getattr(cast, who)).get("/")
    said = text_of(page)
    assert "1/4 buổi" in said and "25% · Đang thực hiện, còn 37 ngày · hạn 31/12/2026" in said
    assert f'href="/chuong-trinh/chi-tieu/{row.pk}/"' in page.content.decode()


def test_what_the_province_asks_of_each_commune_is_counted_for_the_own_one(cast):
    made = plan(cast.province, province(), state="issued", signed_on=date(2026, 1, 5))
    target(made, "sessions", 2, reach="each")
    target(made, "patrols", 500)
    saved(session(cast.officer))
    saved(session(cast.neighbour, unit=commune("18100"), session_count=9))
    said = home(cast.officer)
    assert "1/2 buổi" in said and "500" not in said
    assert "9/2 buổi" in home(cast.neighbour)


def test_drafts_other_communes_plans_and_bygone_ones_bind_nobody_here(cast):
    issued = {"state": "issued", "signed_on": date(2026, 1, 5)}
    target(plan(cast.officer))
    target(plan(cast.neighbour, commune("18100"), **issued))
    target(plan(cast.other_province, province("40"), **issued), reach="each")
    target(plan(cast.officer, **issued, ends_on=date(2026, 11, 23)))
    target(plan(cast.officer, **issued), due_on=date(2026, 10, 23))
    removed = plan(cast.officer, **issued)
    target(removed)
    removed.removed_at, removed.removed_by, removed.removal_reason = timezone.now(), cast.officer, "Nhập nhầm"
    removed.save()
    assert "So với chỉ tiêu phấn đấu" not in home(cast.officer)


def test_the_questions_are_bounded_however_many_targets(cast, django_assert_max_num_queries):
    from django.db import connection

    client = signed_in(cast.officer)
    client.get("/")
    with CaptureQueriesContext(connection) as without:
        client.get("/")
    made = plan(cast.officer, state="issued", signed_on=date(2026, 1, 5))
    slugs = ["sessions", "patrols", "forums", "tips_received", "mediations_received", "training_classes"]
    for number, slug in enumerate([*slugs, "media_banners", "media_articles"]):
        target(made, slug, 3, due_on=date(2026, 12, 24 - number))
    with django_assert_max_num_queries(len(without) + 4):
        said = text_of(client.get("/"))
    assert said.count("· hạn") == 6 and "Còn chỉ tiêu khác có hạn muộn hơn" in said
