"""Half months, the grain of the tally.

A slot is cut at the 1st and at the 15th and never changes, so that the months of Nghị định 09/2019/NĐ-CP,
Điều 12 (15th to 14th) and calendar months, and all that is made of either, are whole slots. A slot is an int
that grows by one; the SQL function `slot_of(date)` gives the same number.
"""

from datetime import date, timedelta
from typing import NamedTuple

# The log takes nothing older; the database holds this.
FIRST_DAY = date(2000, 1, 1)


def slot_of(day: date) -> int:
    """The slot that holds a day."""
    return (day.year * 12 + day.month - 1) * 2 + (0 if day.day <= 14 else 1)


def slot_range(slot: int) -> tuple[date, date]:
    """First and last day of a slot, both inclusive."""
    start = _start(slot)
    return start, _start(slot + 1) - timedelta(days=1)


class Split(NamedTuple):
    """A range of days as whole slots and what is left over at its edges (at most two ranges of days)."""

    first_slot: int
    last_slot: int
    edges: list[tuple[date, date]]

    @property
    def has_slots(self) -> bool:
        return self.first_slot <= self.last_slot


def split(start: date, end: date) -> Split:
    """Cut start..end (both inclusive) into whole slots first_slot..last_slot and edges.

    No whole slot inside: `has_slots` is false. An empty range (end < start) has neither slots nor edges.
    """
    if end < start:
        return Split(0, -1, [])
    first, last = slot_of(start), slot_of(end)
    whole_from = first if start == slot_range(first)[0] else first + 1
    whole_to = last if end == slot_range(last)[1] else last - 1
    if whole_to < whole_from:
        return Split(whole_from, whole_from - 1, _edges_without_slots(start, end, first, last))
    edges = [
        (start, _start(whole_from) - timedelta(days=1)),
        (_start(whole_to + 1), end),
    ]
    return Split(whole_from, whole_to, [(low, high) for low, high in edges if low <= high])


def _edges_without_slots(start, end, first, last):
    if first == last:
        return [(start, end)]
    return [(start, slot_range(first)[1]), (slot_range(last)[0], end)]


def _start(slot: int) -> date:
    months, half = divmod(slot, 2)
    year, month = divmod(months, 12)
    return date(year, month + 1, 15 if half else 1)
