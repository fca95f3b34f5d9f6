"""What looks odd beside the commune's own habit is said, and nothing is said of sparse or usual figures."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs.awareness.models import AwarenessSession
from programs.partners.habits import FEWEST, Habit
from tests.factories.activities import DAY, new_session
from tests.programs.activities.pages import tran_phu

USUAL = [80, 95, 110, 120, 130, 150, 160, 200, 240, 310]


@pytest.mark.parametrize(("amount", "far"), [(12_000, True), (1, True), (40, False), (450, False)])
def test_far_is_far_on_a_scale_of_ratios(amount, far):
    assert Habit.of(USUAL).is_far(amount) is far


def test_few_figures_tell_nothing_and_one_festival_bends_nothing():
    assert Habit.of(USUAL[: FEWEST - 1]) is None
    assert Habit.of([*USUAL, 40_000]).is_far(12_000)


def test_figures_that_are_all_the_same_leave_room():
    habit = Habit.of([30] * FEWEST)
    assert not habit.is_far(45) and not habit.is_far(150) and habit.is_far(400)


@given(st.lists(st.integers(0, 10**7), min_size=FEWEST, max_size=40))
def test_the_middle_of_any_figures_is_never_far(amounts):
    habit = Habit.of(amounts)
    assert not habit.is_far(sorted(amounts)[len(amounts) // 2])
    low, middle, high = habit.usual
    assert 0 <= low <= middle <= high


def sessions(by, amounts, **fields):
    rows = [
        new_session(by, attendances=n, held_on=DAY - timedelta(days=7 + i), **fields)
        for i, n in enumerate(amounts)
    ]
    AwarenessSession.objects.bulk_create(rows)


def page_of(client, record) -> str:
    return client.get(reverse("activities:detail", args=[record.pk])).content.decode()


@pytest.mark.django_db
def test_the_page_says_what_is_far_from_the_communes_own_habit(client, cast):
    sessions(cast.officer, USUAL)
    sessions(cast.officer, [9000] * 10, unit=tran_phu())  # another commune's habit
    sessions(cast.officer, [None] * 30)
    odd, usual = (new_session(cast.officer, attendances=n, title=f"Buổi {n}") for n in (12_000, 140))
    odd.save(), usual.save()
    client.force_login(cast.officer)
    text = page_of(client, odd)
    assert "12.000 cao hơn hẳn mọi khi" in text and "theo 11 hoạt động" in text
    assert "hơn hẳn" not in page_of(client, usual)


@pytest.mark.django_db
def test_grouped_entries_are_compared_by_one_occasion(client, cast):
    sessions(cast.officer, USUAL)
    record = new_session(cast.officer, session_count=10, held_to=DAY, attendances=1400)
    record.save()
    client.force_login(cast.officer)
    assert "hơn hẳn" not in page_of(client, record)
