"""The demo holds what it promises, and a second load changes nothing."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from programs.activities.custom.models import CustomIndicator, StockReading
from programs.activities.custom.querysets import is_custom
from programs.activities.figures import totals
from programs.activities.models import ActivityEntry
from programs.activities.registry import kinds
from programs.activities.tally import verify
from programs.attachments.models import Photo
from programs.awareness.models import AwarenessSession
from reports.content import content_of
from reports.models import Report

CAMERAS = "Camera an ninh của cộng đồng"


@pytest.fixture
def demo(db):
    call_command("load_demo", verbosity=0)


def thai_hoa():
    return Report.objects.get(unit__code="40", period_start="2020-01-01")


def behind(client, report, slug):
    """(the sum that the page of a figure shows, how many rows, the addresses it leads to)."""
    context = client.get(reverse("reports:line", args=[report.pk, slug])).context
    return context["total"], context["rows"]


def test_the_demo_holds_both_cases(demo, client):
    report = thai_hoa()
    lines = {line["indicator"]: line["current"] for line in content_of(report)["lines"]}
    assert (lines["sessions"], lines["session_attendances"], lines["session_tips"]) == (14, 1012, 11)
    counts = (lines["forums"], lines["outreach_warned"], lines["outreach_handled"])
    assert counts == (5, 68, 11) and lines["mediations_received"] == 0
    client.force_login(User.objects.get(username="ca.40"))
    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert "Số liệu minh họa" in page and "1.012" in page

    session = AwarenessSession.objects.get(held_on="2020-03-17")
    AwarenessSession.objects.filter(pk=session.pk).update(attendances=999)
    assert behind(client, report, "session_attendances")[0] == "1.012"
    communes = [included.commune_report for included in report.inclusions.all()]
    rows = [row for each in communes for row in behind(client, each, "session_attendances")[1]]
    assert len(rows) == 14 and sum(int(row.amount) for row in rows) == 1012

    states = set(Report.objects.filter(unit__today_province__code="42").values_list("state", flat=True))
    assert states == {"draft", "awaiting", "sent", "returned", "accepted", "frozen"}
    names = set(User.objects.values_list("username", flat=True))
    for code in ("40", "42", "16939", "17011", "17017", "18073", "18100", "18115", "18118", "18133"):
        assert {f"ca.{code}", f"mt.{code}", f"ld.ca.{code}", f"ld.mt.{code}"} <= names
    assert "admin" in names
    assert verify() == ([], [])

    for code in ("18073", "18100", "18115", "18118", "18133"):
        here = ActivityEntry.objects.filter(unit__code=code)
        assert set(here.values_list("kind", flat=True)) == {kind.slug for kind in kinds()}
        assert StockReading.objects.filter(unit__code=code, indicator__name=CAMERAS).exists()
    sums = totals(units=None, start=date(2025, 7, 1), end=timezone.localdate())
    handed_in = {CustomIndicator.objects.named(slug).name: n for slug, n in sums.items() if is_custom(slug)}
    assert handed_in["Pháo giao nộp"] % 1 and handed_in["Súng tự chế giao nộp"] and handed_in[CAMERAS]

    photos = Photo.objects.filter(entry__unit__code="18073")
    assert photos.count() == 2 and all(photo.caption.startswith("Ảnh minh họa") for photo in photos)
    assert not any(photo.is_missing for photo in photos)

    before = (ActivityEntry.objects.count(), Report.objects.count(), User.objects.count())
    call_command("load_demo", verbosity=0)
    assert Photo.objects.count() == 2
    assert (ActivityEntry.objects.count(), Report.objects.count(), User.objects.count()) == before


def test_it_is_not_loaded_where_people_work(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    assert not User.objects.exists()
