"""Making drafts: one report per commune, in chunks, each chunk in one snapshot of the database."""

from itertools import islice

from portal.units.models import AdminUnit
from reports import obligations
from reports.calendar import Period
from reports.content import drafts_of
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
    drafts, texts = drafts_of(report), texts or {}
    ReportSection.objects.bulk_create(
        ReportSection(
            report=report,
            key=key,
            place=place,
            title=title,
            drafted_text=drafts.get(key, ""),
            **({"text": drafts.get(key, "")} | texts.get(key, {})),
        )
        for place, (key, title) in enumerate(SECTIONS.items(), 1)
    )


def write_drafts(report: Report) -> None:
    """Store what the live figures say into the sections that nobody has edited."""
    drafts = drafts_of(report)
    for section in report.sections.filter(key__in=drafts, edited_at__isnull=True):
        section.text = section.drafted_text = drafts[section.key]
        section.save(update_fields=["text", "drafted_text"])


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
