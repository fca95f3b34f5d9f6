"""The four columns of a report's figures, read from the tally for one unit and one period."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Min

from portal.units.models import AdminUnit, UnitSuccession
from programs.activities import figures as log
from programs.activities import opening
from programs.activities.models import Tally
from programs.activities.slots import slot_of, split
from programs.coordination.querysets import lineage_ids
from reports.calendar import Period

COLUMNS = ("current", "same_period", "previous", "cumulative")


def ranges(period: Period) -> dict[str, Period | None]:
    """The period that each column counts; None where there is nothing to compare with."""
    return {
        "current": period,
        "same_period": period.same_period_last_year(),
        "previous": period.previous(),
        "cumulative": period.cumulative(),
    }


def merged_into(unit: AdminUnit) -> frozenset[int]:
    """The unit and all that became it, by their main successor: whose records it answers for."""
    if unit.is_today:
        communes = AdminUnit.objects.filter(today_unit=unit, level=unit.level)
        return frozenset(communes.values_list("pk", flat=True)) | {unit.pk}
    found, newest = {unit.pk}, {unit.pk}
    while newest:
        older = UnitSuccession.objects.filter(new__in=newest, is_default=True).values_list("old", flat=True)
        newest = set(older) - found
        found |= newest
    return frozenset(found)


def divided_forebears(unit_ids: frozenset[int], since: date, until: date) -> list[str]:
    """Old units behind these that were divided in these days; their records count with the main heir."""
    partly = UnitSuccession.objects.filter(
        old__in=unit_ids, is_partial=True, effective_on__gt=since, effective_on__lte=until
    ).select_related("old")
    return sorted({succession.old.full_name for succession in partly})


@dataclass(frozen=True)
class Counting:
    """What a report counts: these units' rows under these programmes, in this period."""

    unit_ids: frozenset[int]
    programmes: frozenset[int]
    period: Period

    def where(self, span: Period) -> dict:
        """Arguments for `programs.activities.figures` over the days of `span`."""
        return {
            "units": self.unit_ids,
            "programmes": self.programmes,
            "start": span.start,
            "end": span.end,
        }

    def spans(self) -> dict[str, Period | None]:
        """The period of each column; None where nothing was yet logged then: unknown, not zero."""
        return {
            column: span if span and _known(column, span, self.since) else None
            for column, span in ranges(self.period).items()
        }

    @cached_property
    def since(self) -> int | None:
        """The half month in which the log of these units begins."""
        return first_slot(self.unit_ids, self.programmes)

    def figures(self) -> dict[str, dict[str, int] | None]:
        """{column: {indicator: amount} or None}; before the log began Cùng kỳ is what was known then."""
        counted = {
            column: log.totals(**self.where(span)) if span else None for column, span in self.spans().items()
        }
        if self.opening:
            logged = counted["same_period"] or {}
            before = {slug: one.amount + logged.get(slug, 0) for slug, one in self.opening.items()}
            counted["same_period"] = {**dict.fromkeys(counted["current"]), **logged, **before}
        return counted

    @cached_property
    def opening(self) -> dict[str, opening.Opening]:
        """{indicator: figure} of the part of last year's period that lies before the log; none if it is no
        whole half months."""
        span = self.period.same_period_last_year()
        cut = split(span.start, span.end) if span else None
        if cut is None or cut.edges:
            return {}
        last = cut.last_slot if self.since is None else min(cut.last_slot, self.since - 1)
        where = {"units": self.unit_ids, "programmes": self.programmes}
        return opening.known(**where, first_slot=cut.first_slot, last_slot=last)


def counting_of(report) -> Counting:
    """What a commune's report counts."""
    return Counting(merged_into(report.unit), lineage_ids(report.programme), report.period)


def first_slot(unit_ids, programmes) -> int | None:
    """The half month of the first thing that these units logged under these programmes."""
    cells = Tally.objects.filter(unit__in=unit_ids, programme__in=programmes)
    return cells.aggregate(first=Min("slot"))["first"]


def _known(column: str, span: Period, since: int | None) -> bool:
    if column in ("current", "cumulative"):
        return True
    return since is not None and slot_of(span.end) >= since
