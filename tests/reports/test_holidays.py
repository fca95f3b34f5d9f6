"""Deadlines fall on working days of Vietnamese public offices."""

from datetime import date

import pytest

from reports.calendar import working_day_after
from reports.holidays import due_on
from reports.models import PublicHoliday


@pytest.mark.parametrize(
    ("cutoff", "days", "due"),
    [
        (date(2026, 11, 14), 2, date(2026, 11, 17)),  # a Saturday: Monday, Tuesday
        (date(2026, 2, 14), 1, date(2026, 2, 23)),  # Tết Bính Ngọ: 16/2 to 20/2, then the weekend
        (date(2026, 4, 24), 1, date(2026, 4, 28)),  # Giỗ Tổ on a Sunday is made up for on Monday 27/4
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # 30/4, 1/5 and the weekend
        (date(2026, 8, 31), 1, date(2026, 9, 3)),  # Quốc khánh: 1/9 and 2/9
        (date(2025, 4, 25), 1, date(2025, 4, 26)),  # a Saturday worked instead of 2/5/2025
        (date(2031, 12, 31), 1, date(2032, 1, 2)),  # 1/1 is off in every year
    ],
)
def test_the_deadline_skips_weekends_and_holidays(db, cutoff, days, due):
    assert due_on(cutoff, days) == due


def test_admins_add_holidays_and_swapped_days(db):
    PublicHoliday.objects.create(day=date(2026, 11, 16), name="Nghỉ hoán đổi", source="Thông báo")
    assert due_on(date(2026, 11, 14), 1) == date(2026, 11, 17)
    PublicHoliday.objects.create(day=date(2026, 11, 15), name="Làm bù", source="Thông báo", is_worked=True)
    assert due_on(date(2026, 11, 14), 1) == date(2026, 11, 15)


def test_at_least_one_working_day():
    with pytest.raises(ValueError, match="ít nhất là một"):
        working_day_after(date(2026, 11, 14), 0)
