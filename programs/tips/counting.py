"""Tips of closed quarters, counted by commune and category, with small cells hidden.

A tip counts once: not what was merged into another, not what an awareness session counts already. A tip about
an officer counts at the province, so that no number tells the commune that there is one. A cell below
K is not shown, zero neither, and every total is the sum of the cells that are shown: whatever a hidden cell
holds, what is shown is the same, and nothing can be subtracted back.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from programs.tips.models import Tip, Tombstone
from programs.tips.states import Category

K = 5
OFFERED = 8


@dataclass(frozen=True)
class Quarter:
    """A quarter of the calendar: number 1..4."""

    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        return self.next().start - timedelta(days=1)

    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def previous(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def __str__(self):
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        return f"Quý {self.number}/{self.year}"


def closed_quarters(today: date) -> list[Quarter]:
    """The last ones that are over, the latest first."""
    found = [Quarter(today.year, (today.month - 1) // 3 + 1).previous()]
    while len(found) < OFFERED:
        found.append(found[-1].previous())
    return found


def counted(quarter: Quarter, units) -> Counter:
    """{(unit id, category): tips} of tips that are here and of those that were deleted since."""
    span = {"received_on__range": (quarter.start, quarter.end)}
    here = Tip.objects.roots().filter(session__isnull=True, **span)
    gone = Tombstone.objects.filter(merged=False, counted_by_session=False, **span)
    groups = (
        (here.filter(about_officer=False, unit__in=units), "unit"),
        (here.filter(about_officer=True, unit__today_province__in=units), "unit__today_province"),
        (gone.filter(unit__in=units), "unit"),
    )
    found = Counter()
    for rows, place in groups:
        for unit, category, tips in rows.values_list(place, "category").annotate(Count("pk")).order_by():
            found[unit, category] += tips
    return found


def shown(cells: dict, police_at) -> tuple[dict, dict, dict]:
    """(cells that may be shown, totals by unit, totals by category), the totals of shown cells alone.

    `police_at`: ids of the units at which the reader is of the police. Political security of other units is
    in no cell and no total: who serves the Front at one unit and the police at another reads the latter's.
    """
    visible = {key: tips for key, tips in cells.items() if tips >= K and _may_read(*key, police_at)}
    by_unit, by_category = Counter(), Counter()
    for (unit, category), tips in visible.items():
        by_unit[unit] += tips
        by_category[category] += tips
    return visible, by_unit, by_category


def categories_for(police_at) -> list[str]:
    """The columns: political security only for who is of the police somewhere."""
    return [c for c in Category.values if police_at or c != Category.POLITICAL_SECURITY]


def _may_read(unit: int, category: str, police_at) -> bool:
    return category != Category.POLITICAL_SECURITY or unit in police_at
