"""Periods: the months, quarters, halves and years of both calendars tile time, and carry Vietnamese names."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.activities.slots import slot_range
from reports import calendar
from reports.calendar import (
    Period,
    containing,
    custom,
    half,
    last_closed,
    month,
    n_months,
    quarter,
    stage,
    year,
)

DAYS = st.dates(date(2001, 1, 1), date(2190, 12, 31))
CALENDARS = st.sampled_from(["decree", "plain"])
KINDS = st.sampled_from(list(calendar.TILING))
DAY = timedelta(days=1)


@given(DAYS, KINDS, CALENDARS)
def test_periods_tile_time(day, kind, cal):
    period = containing(day, kind, cal)
    assert period.contains(day)
    assert containing(period.end + DAY, kind, cal).start == period.end + DAY
    assert period.previous().end == period.start - DAY
    assert containing(period.end + DAY, kind, cal).previous() == period


@given(DAYS, KINDS, CALENDARS)
def test_periods_are_whole_slots(day, kind, cal):
    period = containing(day, kind, cal)
    first, last, edges = period.slots()
    assert edges == []
    assert (slot_range(first)[0], slot_range(last)[1]) == (period.start, period.end)


@given(st.integers(2001, 2190), CALENDARS)
def test_a_year_is_its_months_its_quarters_and_its_halves(y, cal):
    parts = (
        [month(m, y, cal) for m in range(1, 13)],
        [quarter(q, y, cal) for q in range(1, 5)],
        [half(h, y, cal) for h in (1, 2)],
    )
    for some in parts:
        assert (some[0].start, some[-1].end) == (year(y, cal).start, year(y, cal).end)
        assert all(a.end + DAY == b.start for a, b in pairwise(some))


@given(DAYS, KINDS, CALENDARS)
def test_the_same_period_last_year_has_the_same_name_in_the_year_before(day, kind, cal):
    period = containing(day, kind, cal)
    before = period.same_period_last_year()
    assert before.calendar_year == period.calendar_year - 1
    assert before.label == period.label.replace(str(period.calendar_year), str(before.calendar_year))


@given(DAYS, KINDS, CALENDARS)
def test_cumulative_begins_with_the_year_and_ends_with_the_period(day, kind, cal):
    period = containing(day, kind, cal)
    total = period.cumulative()
    assert (total.start, total.end) == (year(period.calendar_year, cal).start, period.end)


@given(DAYS, st.integers(0, 900), CALENDARS)
def test_any_range_is_its_slots_and_its_edges(start, length, cal):
    period = custom(start, start + timedelta(days=length), cal)
    first, last, edges = period.slots()
    days = [slot_range(slot) for slot in range(first, last + 1)] + list(edges)
    covered = sum((end - begin).days + 1 for begin, end in days)
    assert covered == length + 1


@given(DAYS, KINDS, CALENDARS)
def test_the_last_closed_period_is_over_and_the_next_is_not(day, kind, cal):
    closed = last_closed(kind, cal, day)
    assert closed.end < day <= containing(closed.end + DAY, kind, cal).end


@pytest.mark.parametrize(
    ("period", "label", "start", "end"),
    [
        (month(11, 2026), "tháng 11/2026", "15/10/2026", "14/11/2026"),
        (month(1, 2026), "tháng 1/2026", "15/12/2025", "14/01/2026"),
        (month(2, 2024, "plain"), "tháng 2/2024", "01/02/2024", "29/02/2024"),
        (quarter(4, 2026), "quý IV/2026", "15/09/2026", "14/12/2026"),
        (half(1, 2026), "6 tháng đầu năm 2026", "15/12/2025", "14/06/2026"),
        (half(2, 2026), "6 tháng cuối năm 2026", "15/06/2026", "14/12/2026"),
        (calendar.nine_months(2026), "9 tháng năm 2026", "15/12/2025", "14/09/2026"),
        (n_months(4, 2020, "plain"), "4 tháng đầu năm 2020", "01/01/2020", "30/04/2020"),
        (year(2026), "năm 2026", "15/12/2025", "14/12/2026"),
        (stage(2021, 2023), "giai đoạn 2021–2023", "15/12/2020", "14/12/2023"),
        (stage(2013, 2018, "plain"), "giai đoạn 2013–2018", "01/01/2013", "31/12/2018"),
        (
            custom(date(2020, 1, 1), date(2020, 4, 10)),
            "từ ngày 01/01/2020 đến ngày 10/04/2020",
            "01/01/2020",
            "10/04/2020",
        ),
    ],
)
def test_the_decree_s_periods_and_their_names(period, label, start, end):
    assert period.label == label
    assert period.data_range_label == f"số liệu từ {start} đến {end}"
    assert Period(period.kind, period.calendar, period.start, period.end) == period


@pytest.mark.parametrize(
    ("kind", "cal", "start", "end"),
    [
        ("month", "decree", date(2026, 10, 14), date(2026, 11, 14)),
        ("month", "plain", date(2026, 10, 15), date(2026, 11, 14)),
        ("quarter", "decree", date(2026, 10, 15), date(2027, 1, 14)),
        ("nine", "decree", date(2025, 12, 15), date(2026, 8, 14)),
        ("stage", "decree", date(2021, 1, 15), date(2023, 12, 14)),
        ("custom", "plain", date(2026, 2, 2), date(2026, 2, 1)),
    ],
)
def test_days_that_are_no_such_period_are_refused(kind, cal, start, end):
    with pytest.raises(ValueError, match="kỳ"):
        Period(kind, cal, start, end)


def test_a_stage_and_a_long_range_have_no_same_period():
    assert stage(2021, 2023).same_period_last_year() is None
    assert custom(date(2020, 1, 1), date(2021, 4, 30)).same_period_last_year() is None
    assert stage(2021, 2023).previous() == stage(2018, 2020)


def test_the_last_of_february_stays_the_last_a_year_before():
    leap = custom(date(2024, 2, 10), date(2024, 2, 29))
    assert leap.same_period_last_year().end == date(2023, 2, 28)
    assert custom(date(2025, 2, 1), date(2025, 2, 28)).same_period_last_year().end == date(2024, 2, 29)


@pytest.mark.parametrize("kind", ["stage", "custom", "n_months", "nine"])
def test_only_tiling_kinds_hold_a_day(kind):
    with pytest.raises(ValueError, match="nối tiếp"):
        containing(date(2026, 11, 24), kind)


def test_the_last_nine_months_that_are_over():
    assert last_closed("nine", "decree", date(2026, 11, 24)) == calendar.nine_months(2026)
    assert last_closed("nine", "decree", date(2026, 9, 14)) == calendar.nine_months(2025)
    assert last_closed("nine", "decree", date(2026, 12, 20)) == calendar.nine_months(2026)
