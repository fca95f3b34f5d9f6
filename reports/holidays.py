"""Working days of Vietnamese public offices.

Bộ luật Lao động 2019, Điều 112. The days that fall on the same date every year are here; Tết, Giỗ Tổ, the
second day of Quốc khánh, replacements and swapped days are rows of PublicHoliday: each year has its own.
"""

from datetime import date, timedelta

from reports.calendar import working_day_after
from reports.models import PublicHoliday

SAME_EVERY_YEAR = {(1, 1), (4, 30), (5, 1), (9, 2)}


def due_on(cutoff: date, working_days: int) -> date:
    """The deadline: so many working days after the cut-off day."""
    last = cutoff + timedelta(days=_longest(working_days))
    return working_day_after(cutoff, working_days, **_swapped(cutoff, last))


def last_day_before(today: date, working_days: int) -> date:
    """The latest day whose so-manyth working day lies before `today`: what was asked then is overdue."""
    day = today - timedelta(days=1)
    known = _swapped(today - timedelta(days=2 * _longest(working_days)), today)
    while working_day_after(day, working_days, **known) >= today:
        day -= timedelta(days=1)
    return day


def _longest(working_days: int) -> int:
    """Long holidays and weekends included, nobody waits longer than so many days."""
    return 3 * working_days + 29


def _swapped(first: date, last: date) -> dict[str, set[date]]:
    """The public holidays after `first`, up to `last`, and the weekend days that are worked instead."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    known = dict(PublicHoliday.objects.filter(day__range=(days[0], days[-1])).values_list("day", "is_worked"))
    fixed = {day for day in days if (day.month, day.day) in SAME_EVERY_YEAR}
    return {
        "days_off": fixed | {day for day, is_worked in known.items() if not is_worked},
        "working": {day for day, is_worked in known.items() if is_worked},
    }
