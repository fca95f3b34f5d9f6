"""Terms of tips are set by the portal's administrators, for what comes; what was told to senders stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.tips.models import Clock, Retention
from programs.tips.states import Category, Outcome
from tests.programs.tips import make


def clock_post(day, **fields):
    given = {"category": Category.OTHER, "starts_on": day.isoformat(), "answer_days": 2, "finish_days": 9}
    return given | fields


def test_a_new_term_holds_for_tips_from_its_day_on(client, cast):
    before = make.tip(category=Category.OTHER)
    client.force_login(cast.admin)
    today, url = timezone.localdate(), reverse("admin:tips_clock_add")
    refused = client.post(url, clock_post(today - timedelta(days=1)))
    assert "không đổi" in refused.content.decode()
    assert client.post(url, clock_post(today, finish_days=1)).status_code == 200, "finish before answer"
    assert client.post(url, clock_post(today)).status_code == 302
    after = make.tip(category=Category.OTHER)
    assert (after.answer_by - today).days == 2 and (after.finish_by - today).days == 9
    told = before.answer_by
    before.refresh_from_db()
    assert before.answer_by == told != after.answer_by


def test_a_term_in_force_is_not_rewritten_and_one_ahead_is(client, cast):
    client.force_login(cast.admin)
    tomorrow = timezone.localdate() + timedelta(days=1)
    old = Clock.objects.earliest("starts_on")
    ahead = Clock.objects.create(category=Category.OTHER, starts_on=tomorrow, answer_days=1, finish_days=2)
    for page, data in (("change", clock_post(tomorrow)), ("delete", {"post": "yes"})):
        assert client.post(reverse(f"admin:tips_clock_{page}", args=[old.pk]), data).status_code == 403
        assert client.post(reverse(f"admin:tips_clock_{page}", args=[ahead.pk]), data).status_code == 302
    assert Clock.objects.filter(pk=old.pk).exists() and not Clock.objects.filter(pk=ahead.pk).exists()


def test_months_are_changed_but_no_outcome_is_left_without(client, cast):
    client.force_login(cast.admin)
    row = Retention.objects.get(outcome=Outcome.VALUABLE)
    url = reverse("admin:tips_retention_change", args=[row.pk])
    assert client.post(url, {"months": 0}).status_code == 200
    assert client.post(url, {"months": 7, "outcome": Outcome.ASSISTED}).status_code == 302
    row.refresh_from_db()
    assert (row.months, row.outcome) == (7, Outcome.VALUABLE)
    assert client.get(reverse("admin:tips_retention_add")).status_code == 403
    assert client.post(reverse("admin:tips_retention_delete", args=[row.pk])).status_code == 403


@pytest.mark.parametrize("who", ["province_admin", "leader"])
def test_terms_are_those_of_the_whole_country(client, cast, who):
    client.force_login(getattr(cast, who))
    answer = client.get(reverse("admin:tips_clock_changelist"))
    assert answer.status_code in (302, 403)
