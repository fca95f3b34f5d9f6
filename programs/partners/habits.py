"""An attendance far from what the commune's own activities of the kind have: a slip of the keyboard, mostly.

Medians on a logarithmic scale, so that one festival among small meetings bends nothing. The spread has a
floor, and a wider one where there are few activities: sparse figures call nothing odd that is not.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.core.exceptions import FieldDoesNotExist

from portal.ui.numbers import number
from programs.activities.indicators import indicator
from programs.activities.presentation import label

WINDOW = timedelta(days=730)
FEWEST, MOST = 8, 200
FAR = 3.5  # robust standard deviations
# The least spread on the scale of natural logarithms, for a long log and for the shortest: there nothing
# below 2,4 times the median is far, here nothing below 5,75 times.
FLOOR, FLOOR_OF_FEW = 0.25, 0.5
TO_SIGMA = 1.4826  # of a median absolute deviation
PEOPLE = {"lượt người", "người", "lượt"}


@dataclass(frozen=True)
class Habit:
    """How many people the activities of one kind in one unit usually have."""

    centre: float
    spread: float
    count: int

    @classmethod
    def of(cls, amounts) -> "Habit | None":
        """The habit in ``amounts`` (counts >= 0); None when they are too few to tell."""
        logs = [math.log1p(amount) for amount in amounts]
        if len(logs) < FEWEST:
            return None
        centre = median(logs)
        mad = TO_SIGMA * median(abs(log - centre) for log in logs)
        return cls(centre, max(mad, FLOOR + (FLOOR_OF_FEW - FLOOR) * FEWEST / len(logs)), len(logs))

    def is_far(self, amount) -> bool:
        return abs(math.log1p(amount) - self.centre) > FAR * self.spread

    @property
    def usual(self) -> tuple[int, int, int]:
        """From, middle, to: about two thirds lie between."""
        steps = (self.centre - self.spread, self.centre, self.centre + self.spread)
        return tuple(round(math.expm1(max(step, 0))) for step in steps)


def attendance_hint(entry, record, user) -> list[str]:
    """On a record's page: each count of people that is far from the unit's habit. One query a count."""
    return [text for field in _people_fields(record.kind) if (text := _told(entry, record, field))]


def _told(entry, record, field) -> str:
    amount = _each(getattr(record, field.name), getattr(record, "session_count", 1))
    habit = amount is not None and Habit.of(_before(entry, record, field))
    if not habit or not habit.is_far(amount):
        return ""
    low, middle, high = (number(n) for n in habit.usual)
    more = "cao" if math.log1p(amount) > habit.centre else "thấp"
    return (
        f"{label(field)}: {number(round(amount))} {more} hơn hẳn mọi khi của đơn vị (thường từ {low} đến "
        f"{high}, khoảng giữa là {middle}, theo {number(habit.count)} hoạt động cùng loại trong 24 tháng). "
        "Nếu đúng thì không cần sửa."
    )


def _before(entry, record, field) -> list[float]:
    """The same count of the unit's latest activities of the kind, at most 200 in 24 months."""
    kind, day = record.kind, record.kind.date_field
    within = {f"{day}__gte": entry.day - WINDOW, f"{day}__lte": entry.day, f"{field.name}__isnull": False}
    rows = kind.model.objects.live().filter(unit=entry.unit_id, **within).exclude(pk=entry.pk)
    rows = rows.order_by(f"-{day}", "-pk")
    shared = hasattr(kind.model, "session_count")
    names = (field.name, "session_count") if shared else (field.name,)
    return [_each(*row) for row in rows.values_list(*names)[:MOST]]


def _each(amount, occasions=1):
    """Of one occasion, where several were entered together."""
    return None if amount is None else amount / max(occasions or 1, 1)


def _people_fields(kind) -> list:
    """The columns of a kind that count people, by the measures that read them."""
    columns = [m.amount for m in kind.measures if indicator(m.indicator).measure_unit in PEOPLE]
    return [field for column in dict.fromkeys(columns) if (field := _field(kind, column))]


def _field(kind, column: str):
    try:
        return kind.model._meta.get_field(column)
    except FieldDoesNotExist:  # a measure may compute its amount
        return None
