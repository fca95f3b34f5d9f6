"""A tip linked to a session counts there and nowhere else; hand counts are told what the portal took in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.units.models import AdminUnit
from programs.activities import actions
from programs.activities.models import ActivityEntry
from programs.activities.slots import slot_of, slot_range
from programs.tips import handling, keeping, sessions
from programs.tips.counting import Quarter, counted
from programs.tips.errors import TipError
from programs.tips.log_hints import received
from programs.tips.models import Tombstone
from programs.tips.states import Category, Channel, Outcome
from tests.factories.activities import new_session, saved
from tests.factories.user import TRAN_PHU, commune
from tests.programs.tips import make


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def linked(tip, record, by):
    sessions.link_session(tip=tip, seen=tip.revision, entry=record.pk, by=by)
    tip.refresh_from_db()


def in_this_quarter() -> int:
    today = timezone.localdate()
    units = AdminUnit.objects.filter(pk=commune().pk)
    return sum(counted(Quarter(today.year, (today.month - 1) // 3 + 1), units).values())


def in_this_slot() -> dict:
    return received(commune(), *slot_range(slot_of(timezone.localdate())))


def test_a_linked_tip_counts_once_at_the_session(cast):
    record = saved(new_session(cast.officer, valuable_tips=1))
    one, two = (make.tip(category=Category.OTHER) for _ in range(2))
    assert in_this_quarter() == 2 and in_this_slot() == {Channel.WEB: 2}
    linked(one, record, cast.officer)
    assert in_this_quarter() == 1 and in_this_slot() == {Channel.WEB: 1}
    record.refresh_from_db()
    assert record.valuable_tips == 1, "the number that was typed holds it already"
    with pytest.raises(TipError, match="đã gắn đủ"):
        linked(two, record, cast.officer)
    sessions.unlink_session(tip=one, seen=one.revision, by=cast.officer)
    assert in_this_quarter() == 2


def edit_post(client, record, **changes) -> tuple[str, dict]:
    """The edit page's own values, as a browser sends them, with changes."""
    url = reverse("activities:edit", args=[record.pk])
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    given["held_on"] = f"{record.held_on:%d/%m/%Y}"
    return url, given | changes


def test_lowering_a_session_below_its_tips_is_pointed_out_to_the_police(cast):
    record = saved(new_session(cast.officer, valuable_tips=1))
    linked(make.tip(category=Category.OTHER), record, cast.officer)
    police, front = signed_in(cast.officer), signed_in(cast.colleague)
    page = reverse("activities:detail", args=[record.pk])
    assert "đã gắn 1 nguồn tin" not in police.get(page).content.decode()
    url, given = edit_post(police, record, valuable_tips="0")
    asked = police.post(url, given)
    assert "đã gắn 1 nguồn tin" in asked.content.decode()
    record.refresh_from_db()
    assert record.valuable_tips == 1
    assert police.post(url, given | {"seen": "linked-tips:0"}).status_code == 302
    record.refresh_from_db()
    assert record.valuable_tips == 0
    assert "đã gắn 1 nguồn tin" in police.get(page).content.decode()
    assert "đã gắn" not in front.get(page).content.decode(), "it would say that there is a tip"


def test_the_front_is_told_nothing_when_it_saves(cast):
    record = saved(new_session(cast.colleague, valuable_tips=1))
    linked(make.tip(category=Category.OTHER), record, cast.officer)
    front = signed_in(cast.colleague)
    url, given = edit_post(front, record, valuable_tips="0")
    assert front.post(url, given).status_code == 302


def test_a_hand_count_shows_the_police_what_the_portal_took_in(cast):
    for _ in range(2):
        make.tip(category=Category.OTHER)
    make.tip(category=Category.OTHER, channel=Channel.PHONE, taken_side="front")
    make.tip(category=Category.CRIME, about_officer=True)
    make.tip(commune(TRAN_PHU))
    merged, into = (make.tip(category=Category.OTHER) for _ in range(2))
    handling.merge(tip=merged, seen=merged.revision, into=into, by=cast.officer)
    start, _ = slot_range(slot_of(timezone.localdate()))
    gone = {"unit": commune(), "category": Category.OTHER, "channel": Channel.WEB, "purged_on": start}
    Tombstone.objects.create(tip=10**9, received_on=start - timedelta(days=1), **gone)
    Tombstone.objects.create(tip=10**9 + 1, received_on=start, counted_by_session=True, **gone)
    url = reverse("activities:create", args=["nguon-tin"])
    html = signed_in(cast.officer).get(url).content.decode()
    assert "3 tin người dân gửi qua cổng, 1 tin tiếp nhận hộ" in html
    assert "1 tin người dân gửi qua cổng, 0 tin tiếp nhận hộ" in html
    assert "Cổng đã tiếp nhận" not in signed_in(cast.colleague).get(url).content.decode()
    other = reverse("activities:create", args=["tuyen-truyen"])
    assert "Cổng đã tiếp nhận" not in signed_in(cast.officer).get(other).content.decode()


def test_a_tip_of_a_session_counts_once_whatever_becomes_of_either(cast):
    """By itself or in the number of a session, never in both, never in neither: deleted, restored, lowered,
    waiting for the Front; the tip purged, too."""
    record = saved(new_session(cast.officer, valuable_tips=2))
    one, two = (make.tip(category=Category.OTHER) for _ in range(2))
    for tip in (one, two):
        linked(tip, record, cast.officer)
    entry = ActivityEntry.objects.filter(pk=record.pk)

    def alone() -> int:
        assert sum(in_this_slot().values()) == in_this_quarter()
        return in_this_quarter()

    def once():
        assert alone() == 0
        actions.delete_activity(activity=record, reason="Ghi nhầm buổi", by=cast.officer)
        assert alone() == 2, "the session is in no tally any more"
        record.refresh_from_db()
        actions.restore_activity(activity=record, by=cast.officer)
        record.refresh_from_db()
        assert alone() == 0
        entry.update(awaits_front=True)
        assert alone() == 2, "nor is one that waits for the Front"
        entry.update(awaits_front=False)
        for typed, left in ((1, 1), (0, 2), (None, 2), (2, 0)):
            type(record).objects.filter(pk=record.pk).update(valuable_tips=typed)
            assert alone() == left, typed
        record.refresh_from_db()

    once()
    handling.triage(tip=two, seen=two.revision, category=Category.OTHER, by=cast.officer)
    handling.close(tip=two, seen=two.revision, outcome=Outcome.VALUABLE, by=cast.officer)
    assert keeping.purge(two.purge_after + timedelta(days=1)) == 1
    once()
    with pytest.raises(TipError, match="đã gắn đủ"):
        linked(make.tip(category=Category.CRIME), record, cast.officer)


def test_a_merge_leaves_the_session_that_still_counts(cast):
    gone, live = (saved(new_session(cast.officer, valuable_tips=1)) for _ in range(2))
    tip, into = (make.tip(category=Category.OTHER) for _ in range(2))
    linked(into, gone, cast.officer)
    linked(tip, live, cast.officer)
    actions.delete_activity(activity=gone, reason="Ghi nhầm buổi", by=cast.officer)
    handling.merge(tip=tip, seen=tip.revision, into=into, by=cast.officer)
    into.refresh_from_db()
    assert into.session_id == live.pk and in_this_quarter() == 0
