"""The desk handles tips: what may follow what, who wins of two, and who sees nothing any more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.tips import handling
from programs.tips.clocks import deadlines
from programs.tips.errors import Overtaken, TipError
from programs.tips.models import Clock, ContactOpening, Tip, TipEvent
from programs.tips.states import Category, Outcome, State, Verb
from tests.factories.user import TRAN_PHU, commune, province
from tests.programs.tips import make

TODAY = timezone.localdate


@pytest.fixture
def tip(cast) -> Tip:
    return make.tip(category=Category.SOCIAL_VICE)


def triaged(tip, by, category=Category.SOCIAL_VICE):
    handling.triage(tip=tip, seen=tip.revision, category=category, by=by)
    return tip


def test_a_tip_goes_its_way_and_the_sender_reads_roles_only(cast, tip):
    triaged(tip, cast.officer)
    assert (tip.state, tip.handled_by) == (State.CHECKING, cast.officer)
    handling.hand_over(
        tip=tip,
        seen=tip.revision,
        body="Cơ quan CSĐT Công an tỉnh",
        number="15/TN",
        on=TODAY(),
        by=cast.officer,
    )
    handling.close(tip=tip, seen=tip.revision, outcome=Outcome.ASSISTED, by=cast.leader)
    assert tip.state == State.CLOSED and tip.purge_after > TODAY() + timedelta(days=700)
    course = list(TipEvent.objects.filter(tip=tip).order_by("pk").values_list("verb", "role"))
    assert [verb for verb, _ in course] == ["received", "taken_up", "handed_over", "closed"]
    assert course[1][1] == "Cán bộ Công an phường Thành Sen"
    assert course[3][1] == "Lãnh đạo Công an phường Thành Sen"
    assert not [role for _, role in course if cast.officer.full_name in role]


def test_a_crime_is_closed_after_its_hand_over_only(cast, tip):
    triaged(tip, cast.officer, Category.CRIME)
    with pytest.raises(TipError, match="cơ quan có thẩm quyền"):
        handling.close(tip=tip, seen=tip.revision, outcome=Outcome.VALUABLE, by=cast.officer)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_hand_over_happened_between_receipt_and_today(cast, tip, days):
    on = TODAY() + timedelta(days=days)
    with pytest.raises(TipError, match="Ngày chuyển"):
        handling.hand_over(tip=tip, seen=tip.revision, body="CSĐT", number="1", on=on, by=cast.officer)


def test_clocks_are_dated_and_run_by_category_from_the_day_of_receipt(cast, tip):
    Clock.objects.create(category=Category.OTHER, answer_days=2, finish_days=9, starts_on=TODAY())
    Clock.objects.create(
        category=Category.OTHER, answer_days=1, finish_days=1, starts_on=TODAY() + timedelta(days=1)
    )
    assert deadlines(Category.OTHER, date(2026, 1, 5)) == (date(2026, 1, 10), date(2026, 2, 4))
    triaged(tip, cast.officer, Category.OTHER)
    assert (tip.answer_by, tip.finish_by) == (TODAY() + timedelta(days=2), TODAY() + timedelta(days=9))


def test_of_two_officers_one_wins(cast, tip):
    seen = tip.revision
    triaged(Tip.objects.get(pk=tip.pk), cast.officer)
    with pytest.raises(Overtaken):
        handling.triage(tip=tip, seen=seen, category=Category.CRIME, by=cast.leader)
    # Also when the row moved between reading and writing.
    current = Tip.objects.get(pk=tip.pk)
    Tip.objects.filter(pk=tip.pk).update(answer_by=TODAY())
    with pytest.raises(Overtaken):
        handling.close(tip=current, seen=current.revision, outcome=Outcome.VALUABLE, by=cast.leader)


def test_passed_on_it_is_gone_here_and_there_there(client, cast, tip):
    url = reverse("tip_desk:detail", args=[tip.pk])
    handling.pass_on(tip=tip, seen=tip.revision, unit=commune(TRAN_PHU), by=cast.officer)
    client.force_login(cast.officer)
    assert client.get(url).status_code == 404
    client.force_login(cast.neighbour)
    assert client.get(url).status_code == 200


def test_a_conflict_of_interest_goes_up_with_its_duplicates_and_never_back(client, cast, tip):
    twin = make.tip(category=Category.SOCIAL_VICE)
    handling.merge(tip=twin, seen=twin.revision, into=tip, by=cast.officer)
    tip.refresh_from_db()
    ContactOpening.objects.create(tip=tip, reason="Hỏi thêm", asked_by=cast.officer)
    handling.pass_up(tip=tip, seen=tip.revision, is_conflict=True, by=cast.officer)
    assert tip.about_officer and tip.handling_unit == province() and not tip.openings.exists()
    for person in (cast.officer, cast.leader):
        client.force_login(person)
        for gone in (tip, twin):
            assert client.get(reverse("tip_desk:detail", args=[gone.pk])).status_code == 404
    client.force_login(cast.province)
    assert client.get(reverse("tip_desk:detail", args=[twin.pk])).status_code == 200
    with pytest.raises(TipError, match="không chuyển về"):
        handling.pass_on(tip=tip, seen=tip.revision, unit=commune(), by=cast.province)
    with pytest.raises(TipError, match="Trên cấp tỉnh"):
        handling.pass_up(tip=tip, seen=tip.revision, is_conflict=False, by=cast.province)


def test_duplicates_follow_the_one_that_stands_for_them(cast, tip):
    first, second = (make.tip(category=Category.SOCIAL_VICE) for _ in range(2))
    handling.merge(tip=first, seen=first.revision, into=second, by=cast.officer)
    second.refresh_from_db()
    handling.merge(tip=second, seen=second.revision, into=tip, by=cast.officer)
    first.refresh_from_db(), tip.refresh_from_db()
    assert first.merged_into == second.merged_into == tip
    triaged(tip, cast.officer, Category.OTHER)
    handling.close(tip=tip, seen=tip.revision, outcome=Outcome.NOT_VERIFIED, by=cast.officer)
    assert set(tip.merged.values_list("category", "purge_after")) == {(Category.OTHER, tip.purge_after)}


def test_what_is_merged_is_open_here_and_of_one_category(cast, tip):
    elsewhere, crime = make.tip(commune(TRAN_PHU), category=Category.SOCIAL_VICE), make.tip()
    for other in (elsewhere, crime, tip):
        with pytest.raises(TipError):
            handling.merge(tip=tip, seen=tip.revision, into=other, by=cast.officer)


def test_a_question_sent_twice_is_one(cast, tip):
    said = {"tip": tip, "text": "Xe màu gì?", "token": b"x" * 16, "by": cast.officer}
    assert [handling.ask(**said), handling.ask(**said)] == [True, False]
    assert tip.messages.get().text == "Xe màu gì?"
    assert tip.events.filter(verb=Verb.ASKED).count() == 1
