"""What a province reads of its communes for one window: who owes, who sent, what the log says."""

import json

from django.utils import timezone

from portal.units.models import AdminUnit
from programs.activities import figures as log
from programs.coordination.querysets import lineage_ids
from reports import obligations
from reports.models import Report
from reports.presenters.overview import UnitRow, line_of, unit_row
from reports.windows import Window

Figures = tuple[int | None, int | None]


def unit_rows(window: Window, province: AdminUnit, indicator: str) -> list[UnitRow]:
    """A row for every commune that owes the report, in Vietnamese order, in a fixed number of queries."""
    units = list(
        obligations.owing_communes(window.obligation, window.period, province).order_by("sort_key", "code")
    )
    reports = shown_reports(window, province)
    live = live_figures(window, [unit for unit in units if _is_live(reports.get(unit.pk))], indicator)
    today = timezone.localdate()
    return [_row(unit, reports.get(unit.pk), live, indicator, today) for unit in units]


def shown_reports(window: Window, province: AdminUnit) -> dict[int, Report]:
    """{unit id: the report that counts}: the last version that has left the unit, else the draft."""
    owed = Report.objects.owed(window.obligation, window.period).in_province(province)
    named = owed.select_related("report_type", "snapshot").defer("snapshot__trace")
    return {report.unit_id: report for report in named.that_count()}


def live_figures(window: Window, units: list[AdminUnit], indicator: str) -> dict[int, Figures]:
    """{unit id: (now, same period)} from the tally, for units whose report is not bound yet."""
    if not units:
        return {}
    programmes = lineage_ids(window.obligation.programme)
    now = _sums(units, window.period, programmes)
    before = window.period.same_period_last_year()
    then = _sums(units, before, programmes) if before else {}
    return {
        unit.pk: (
            now.get(unit.pk, {}).get(indicator, 0),
            then[unit.pk][indicator] if unit.pk in then else None,
        )
        for unit in units
    }


def _sums(units, period, programmes) -> dict[int, dict[str, int]]:
    """On today's map what became a unit counts with it; on an old map every unit counts for itself."""
    ids = [unit.pk for unit in units]
    span = {"start": period.start, "end": period.end, "programmes": programmes}
    if all(unit.is_today for unit in units):
        return log.totals_by_unit(units=log.recorded_units(ids), **span)
    return log.totals_by_unit(units=ids, by="unit", **span)


def _is_live(report: Report | None) -> bool:
    return report is None or report.snapshot_id is None


def _row(unit, report, live, indicator, today) -> UnitRow:
    if _is_live(report):
        return unit_row(unit, report, live.get(unit.pk, (None, None)), False, today)
    content = json.loads(bytes(report.snapshot.content))
    return unit_row(unit, report, line_of(content, indicator), content["nil"], today)
