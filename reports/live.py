"""What the log, or the communes' newest accepted reports, give now."""

from collections import Counter

from portal.units.models import AdminUnit
from programs.activities import figures as log
from programs.activities.indicators import INDICATORS
from programs.coordination.querysets import lineage_ids
from reports.calendar import Period
from reports.compiled import ready_reports
from reports.content import read
from reports.figures import counting_of
from reports.lines import figures_of
from reports.models import Report


def live_figures(report: Report) -> dict[str, int]:
    """{indicator: this period's figure} as a new version of the report would have it."""
    if report.is_province:
        return _added(ready_reports(report))
    counting = counting_of(report)
    return log.totals(**counting.where(counting.period))


def live_figures_by_unit(unit_ids: list[int], programme, period: Period) -> dict[int, dict[str, int]]:
    """{unit: {indicator: figure}} of communes of today with their forebears; where there is any."""
    return log.totals_by_unit(
        units=log.recorded_units(unit_ids),
        start=period.start,
        end=period.end,
        programmes=lineage_ids(programme),
    )


def live_beside(report: Report) -> dict[str, int]:
    """{indicator: figure} of a whole province as the log has it now, reported by its communes or not."""
    communes = AdminUnit.objects.communes().under(report.unit).values_list("pk", flat=True)
    period = report.period
    return log.totals(
        units=list(communes), start=period.start, end=period.end, programmes=lineage_ids(report.programme)
    )


def figures_by_report(reports: list[Report]) -> dict[int, dict[str, int]]:
    """{report pk: {indicator: figure}} for lists of one period: bound figures where there are, else live."""
    bound = {r.pk: figures_of(read(r.snapshot)) for r in reports if r.snapshot_id}
    drafts = [r for r in reports if not r.snapshot_id and not r.is_province]
    today = [r for r in drafts if r.unit.is_today]
    live = {r.pk: live_figures(r) for r in drafts if not r.unit.is_today}
    if today:
        by_unit = live_figures_by_unit([r.unit_id for r in today], today[0].programme, today[0].period)
        zero = dict.fromkeys((indicator.slug for indicator in INDICATORS), 0)
        live |= {r.pk: by_unit.get(r.unit_id, zero) for r in today}
    return bound | live


def _added(reports: list[Report]) -> dict[str, int]:
    total = Counter()
    for report in reports:
        total.update(figures_of(read(report.snapshot)))
    return dict(total)
