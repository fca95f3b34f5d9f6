"""Making drafts: one report per commune, in chunks, each chunk in one snapshot of the database."""

from itertools import islice

from portal.units.models import AdminUnit
from reports import obligations
from reports.calendar import Period
from reports.content import live_content
from reports.isolation import repeatable_read
from reports.models import Report, ReportEvent, ReportingObligation, ReportSection
from reports.models.report import SECTIONS

CHUNK = 10


def build_missing(obligation: ReportingObligation, period: Period, units: list[int], checkpoint) -> None:
    """Make the first version for every unit of `units` (ids) that has none. Safe to run again, from anywhere.

    `checkpoint(done=n)` runs inside each chunk's transaction: what it refuses is rolled back.
    """
    due_on = obligations.deadline(obligation, period)
    todo = iter(_without_report(obligation, period, units))
    done = len(units) - len(_without_report(obligation, period, units))
    while chunk := list(islice(todo, CHUNK)):
        with repeatable_read():
            _build_chunk(obligation, period, chunk, due_on)
            done += len(chunk)
            checkpoint(done=done)


def new_report(obligation: ReportingObligation, period: Period, unit: AdminUnit, due_on) -> Report:
    """An unsaved draft."""
    return Report(
        report_type=obligation.report_type,
        unit=unit,
        programme=obligation.programme,
        period_kind=period.kind,
        calendar=period.calendar,
        period_start=period.start,
        period_end=period.end,
        due_on=due_on,
    )


def add_sections(report: Report, texts: dict[str, dict] | None = None) -> None:
    """Give a new report its sections. `texts`: {key: fields} to start from, as of the version before."""
    ReportSection.objects.bulk_create(
        ReportSection(report=report, key=key, place=place, title=title, **(texts or {}).get(key, {}))
        for place, (key, title) in enumerate(SECTIONS.items(), 1)
    )
    write_drafts(report)


def write_drafts(report: Report) -> None:
    """Store what the live figures say into the sections that nobody has edited."""
    texts = {section["key"]: section["text"] for section in live_content(report)["sections"]}
    sections = [section for section in report.sections.all() if not section.is_edited]
    for section in sections:
        section.text = section.drafted_text = texts[section.key]
    ReportSection.objects.bulk_update(sections, ["text", "drafted_text"])


def _without_report(obligation, period, units) -> list[int]:
    built = Report.objects.owed(obligation, period).filter(unit__in=units).values_list("unit", flat=True)
    return sorted(set(units) - set(built))


def _build_chunk(obligation, period, unit_ids, due_on) -> None:
    units = AdminUnit.objects.filter(pk__in=unit_ids).select_related("parent__parent").order_by("pk")
    reports = Report.objects.bulk_create(new_report(obligation, period, unit, due_on) for unit in units)
    for report in reports:
        add_sections(report)
    ReportEvent.objects.bulk_create(
        ReportEvent(report=report, verb=ReportEvent.Verb.OPENED, detail=period.label) for report in reports
    )
