"""Slots tile time, and SQL cuts it at the same days as Python."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from programs.activities.slots import slot_of, slot_range, split

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_slot_is_half_a_calendar_month():
    assert slot_of(date(2026, 11, 1)) == slot_of(date(2026, 11, 14))
    assert slot_of(date(2026, 11, 15)) == slot_of(date(2026, 11, 30)) == slot_of(date(2026, 11, 14)) + 1
    assert slot_of(date(2026, 12, 1)) == slot_of(date(2026, 11, 30)) + 1
    assert slot_of(date(2027, 1, 1)) == slot_of(date(2026, 12, 31)) + 1
    assert slot_range(slot_of(date(2028, 2, 20))) == (date(2028, 2, 15), date(2028, 2, 29))


@given(days)
def test_slots_tile_time(day):
    start, end = slot_range(slot_of(day))
    assert start <= day <= end
    assert slot_of(start) == slot_of(end) == slot_of(day)
    assert slot_of(end + timedelta(days=1)) == slot_of(day) + 1


def test_months_of_the_decree_and_of_the_calendar_are_whole_slots():
    """Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before to the 14th."""
    decree = split(date(2026, 10, 15), date(2026, 11, 14))
    assert decree.edges == [] and decree.last_slot - decree.first_slot == 1
    plain = split(date(2028, 2, 1), date(2028, 2, 29))
    assert plain.edges == [] and plain.last_slot - plain.first_slot == 1
    year = split(date(2025, 12, 15), date(2026, 12, 14))
    assert year.edges == [] and year.last_slot - year.first_slot == 23


@given(days, st.integers(0, 200))
def test_a_split_holds_every_day_once(start, length):
    end = start + timedelta(days=length)
    cut = split(start, end)
    ranges = [*cut.edges, *(slot_range(slot) for slot in range(cut.first_slot, cut.last_slot + 1))]
    held = [low + timedelta(days=n) for low, high in ranges for n in range((high - low).days + 1)]
    assert sorted(held) == [start + timedelta(days=n) for n in range(length + 1)]
    assert cut.has_slots == (cut.first_slot <= cut.last_slot)
    assert len(cut.edges) <= 2


def test_an_empty_range_holds_nothing():
    cut = split(date(2026, 11, 3), date(2026, 11, 2))
    assert not cut.has_slots and cut.edges == []


@pytest.mark.django_db
def test_sql_gives_the_same_slot_for_every_day_of_a_century():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d::date, slot_of(d::date)"
            " FROM generate_series('2000-01-01'::date, '2099-12-31', '1 day') d"
        )
        rows = cursor.fetchall()
    assert len(rows) == 36525
    assert all(slot_of(day) == slot for day, slot in rows)
