"""What the log, or the communes' newest accepted reports, give now."""

from collections import Counter

from portal.units.models import AdminUnit
from programs.activities import figures as log
from programs.coordination.querysets import lineage_ids
from reports.compiled import ready_reports
from reports.content import read
from reports.figures import counting_of
from reports.lines import figures_of, plain
from reports.models import Report


def live_figures(report: Report) -> dict[str, int]:
    """{indicator: this period's figure} as a new version of the report would have it."""
    if report.is_province:
        return _added(ready_reports(report))
    counting = counting_of(report)
    return _plain(log.totals(**counting.where(counting.period)))


def live_beside(report: Report) -> dict[str, int]:
    """{indicator: figure} of a whole province as the log has it now, reported by its communes or not."""
    communes = AdminUnit.objects.communes().under(report.unit).values_list("pk", flat=True)
    period = report.period
    span = {"start": period.start, "end": period.end, "programmes": lineage_ids(report.programme)}
    return _plain(log.totals(units=list(communes), **span))


def _added(reports: list[Report]) -> dict[str, int]:
    total = Counter()
    for report in reports:
        total.update(figures_of(read(report.snapshot)))
    return _plain(total)


def _plain(figures) -> dict[str, int]:
    return {slug: plain(amount) for slug, amount in figures.items()}
