"""The figures of a dashboard, each read once: by unit for the period and the one before, by half month."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.units.models import AdminUnit
from programs.activities import figures as log
from programs.activities.custom.models import CustomIndicator
from programs.activities.indicators import INDICATORS, Indicator
from programs.activities.slots import slot_of, slot_range
from reports.calendar import Period

HEADLINES = ("sessions", "session_attendances", "session_tips", "mediations_succeeded")
SLOTS_A_YEAR = 24
TWO_TIERS_SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Figure:
    """One indicator over the place: this period, the same period last year (None: nothing to compare)."""

    indicator: Indicator | CustomIndicator
    current: int
    same_period: int | None


@dataclass
class Board:
    """A place and a period, on today's map: what became a unit counts with it.

    `place`: a province by its communes, or None: the nation by its provinces. A province that the reader may
    not look into (`divided` False) is one unit by itself. Only communes log, so the nation's figures are the
    sums of its provinces'.
    """

    place: AdminUnit | None
    period: Period
    divided: bool = True

    @property
    def is_nation(self) -> bool:
        return self.place is None

    @property
    def by_communes(self) -> bool:
        """Whether its units are communes: a province to who may look into it."""
        return self.divided and not self.is_nation

    @property
    def name(self) -> str:
        return self.place.full_name if self.place else "Cả nước"

    @property
    def code(self) -> str:
        """For names of files and for addresses; the nation's is empty."""
        return self.place.code if self.place else ""

    @property
    def unit_words(self) -> str:
        """What the units of the table are, as inside a sentence."""
        return "xã, phường, đặc khu" if self.by_communes else "tỉnh, thành phố"

    @cached_property
    def units(self) -> list[AdminUnit]:
        """Today's provinces, or communes of the province, in Vietnamese order."""
        if not self.divided:
            return [self.place]
        today = AdminUnit.objects.today()
        found = today.communes().under(self.place) if self.place else today.provinces()
        return list(found.order_by("sort_key", "code"))

    @cached_property
    def unit_ids(self) -> list[int] | None:
        """Ids of all communes, of any time, that lie in the province today; None for all there are."""
        if self.is_nation:
            return None
        return list(AdminUnit.objects.communes().under(self.place).values_list("pk", flat=True))

    @cached_property
    def by_unit(self) -> dict[int, dict[str, int]]:
        """{unit id: {indicator: sum}} of the period."""
        return self._by_unit(self.period)

    @cached_property
    def by_unit_before(self) -> dict[int, dict[str, int]]:
        """The same for the same period last year; empty where the log has nothing."""
        before = self.period.same_period_last_year()
        return self._by_unit(before) if before else {}

    @cached_property
    def slots(self) -> list[int]:
        """The 24 half months up to the end of the period, or up to now."""
        last = slot_of(self.period.end)
        return list(range(last - SLOTS_A_YEAR + 1, last + 1))

    @cached_property
    def by_slot(self) -> dict[int, dict[str, int]]:
        """{half month: {indicator: sum}} of the two years that end with the period."""
        first = self.slots[0] - SLOTS_A_YEAR
        return log.totals_by_slot(units=self.unit_ids, first=first, last=self.slots[-1])

    @cached_property
    def added(self) -> list[CustomIndicator]:
        """What administrators have added and is in use in the period; a province's own not in the nation."""
        catalogue = CustomIndicator.objects
        in_use = catalogue.of_unit(self.place) if self.place else catalogue.filter(province=None)
        return list(in_use.active_between(self.period.start, self.period.end).in_order())

    @cached_property
    def indicators(self) -> list[Indicator | CustomIndicator]:
        """The built-in ones, then those that administrators have added."""
        return [*INDICATORS, *self.added]

    @cached_property
    def quiet(self) -> list[AdminUnit]:
        """Units in which nothing at all happened in the period; what they have is no happening."""
        stocks = {each.slug for each in self.added if each.is_stock}
        return [
            unit
            for unit in self.units
            if not any(n for slug, n in self.by_unit.get(unit.pk, {}).items() if slug not in stocks)
        ]

    def figure_of(self, unit: AdminUnit, slug: str) -> int:
        """What one unit has of an indicator in the period."""
        return self.by_unit.get(unit.pk, {}).get(slug, 0)

    def figure_before(self, unit: AdminUnit, slug: str) -> int:
        """The same in the same period last year."""
        return self.by_unit_before.get(unit.pk, {}).get(slug, 0)

    def figures(self) -> list[Figure]:
        """All indicators, in the order of reports."""
        return [
            Figure(each, self._sum(self.by_unit, each.slug), self._before(each.slug))
            for each in self.indicators
        ]

    def series(self, slug: str, *, years_back: int = 0) -> list[int]:
        """The indicator in each of the 24 half months; 0 where nothing was logged."""
        shift = SLOTS_A_YEAR * years_back
        return [self.by_slot.get(slot - shift, {}).get(slug, 0) for slot in self.slots]

    def slot_labels(self) -> list[str]:
        """ "01/11", "15/11": the first day of each half month."""
        return [f"{slot_range(slot)[0]:%d/%m/%y}" for slot in self.slots]

    def breaks(self) -> list[tuple[int, str]]:
        """Where the map of units changed, if the 24 half months span it."""
        changed = slot_of(TWO_TIERS_SINCE)
        return [(self.slots.index(changed), "1/7/2025")] if changed in self.slots else []

    def _by_unit(self, period: Period) -> dict[int, dict[str, int]]:
        by = "today_unit" if self.by_communes else "today_province"
        return log.totals_by_unit(units=self.unit_ids, start=period.start, end=period.end, by=by)

    def _before(self, slug: str) -> int | None:
        return self._sum(self.by_unit_before, slug) if self.by_unit_before else None

    @staticmethod
    def _sum(table: dict[int, dict[str, int]], slug: str) -> int:
        return sum(row.get(slug, 0) for row in table.values())
