"""Tips of closed quarters, counted by commune and category, with small cells hidden.

A tip counts once: not what was merged into another, not what an awareness session counts already. A tip about
an officer counts at the province, so that no number tells the commune that there is one. A cell below
K is not shown, zero neither, and every total is the sum of the cells that are shown: whatever a hidden cell
holds, what is shown is the same, and nothing can be subtracted back. Nor across time: see publishing.py.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from programs.tips.published_models import K
from programs.tips.sessions import counted_alone
from programs.tips.states import Category

OFFERED = 8
# After its end a quarter waits this long before its counts are worked out for good: tips of its last days are
# sorted first.
SETTLES = timedelta(days=15)


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
    """The last ones that are over and settled, the latest first."""
    day = today - SETTLES
    found = [Quarter(day.year, (day.month - 1) // 3 + 1).previous()]
    while len(found) < OFFERED:
        found.append(found[-1].previous())
    return found


def counted(quarter: Quarter, units=None) -> Counter:
    """{(unit id, category): tips} of tips that are here and of those that were deleted since, as of now.

    One statement, one snapshot: a tip that is deleted meanwhile counts once.
    """
    span = {"received_on__range": (quarter.start, quarter.end)}
    here, gone = (rows.filter(**span) for rows in counted_alone())
    groups = (
        (here.filter(about_officer=False), "unit"),
        (here.filter(about_officer=True), "unit__today_province"),
        (gone, "unit"),
    )
    first, *rest = (_grouped(rows, place, units) for rows, place in groups)
    found = Counter()
    for unit, category, tips in first.union(*rest, all=True):
        found[unit, category] += tips
    return found


def _grouped(rows, place: str, units):
    rows = rows if units is None else rows.filter(**{f"{place}__in": units})
    return rows.order_by().values_list(place, "category").annotate(Count("pk"))


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
