"""A next version, for what was logged or changed after the figures were settled."""

from django.db import transaction

from portal.access.permissions import Permission
from reports import building
from reports.actions.common import ensure, expect, lock, note_event
from reports.actions.compiling import include_ready
from reports.compiled import included_reports, obligation_of, ready_reports
from reports.diff import late_difference
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Report, ReportEvent, State
from reports.obligations import deadline

NOTHING_LATE = "Không có số liệu phát sinh sau khi chốt, chưa cần lập báo cáo điều chỉnh, bổ sung."


def next_version(*, report: Report, by) -> Report:
    """A new draft that supersedes an accepted or frozen report, with the remarks that people had written."""
    right = Permission.REPORT_COMPILE if report.is_province else Permission.REPORT_EDIT
    ensure(by, right, report.unit)
    with one_wins(), transaction.atomic():
        held = lock(report)
        expect(held, State.ACCEPTED, State.FROZEN)
        if Report.objects.filter(supersedes=held).exists():
            raise ReportError("Báo cáo này đã có bản điều chỉnh, bổ sung.")
        if not has_late_entries(held):
            raise ReportError(NOTHING_LATE)
        return _supersede(held, by)


def has_late_entries(report: Report) -> bool:
    """Whether a new version would differ: in figures, or in the versions that a province adds up."""
    if report.is_province:
        return {r.pk for r in ready_reports(report)} != {r.pk for r in included_reports(report)}
    return bool(late_difference(report))


def _supersede(held: Report, by) -> Report:
    obligation = obligation_of(held)
    due_on = max(held.due_on, deadline(obligation, held.period))
    version = building.new_report(obligation, held.period, held.unit, due_on)
    version.version, version.supersedes = held.version + 1, held
    version.save()
    building.add_sections(version, _written(held))
    if version.is_province:
        include_ready(lock(version), by)
    note_event(held, ReportEvent.Verb.SUPERSEDED, by, f"Lần lập {version.version}")
    note_event(version, ReportEvent.Verb.OPENED, by, f"Điều chỉnh, bổ sung lần lập {held.version}")
    return version


def _written(held: Report) -> dict[str, dict]:
    """The sections that people wrote, to go on from. Results are drafted anew: their figures have changed."""
    edited = (s for s in held.sections.all() if s.is_edited and s.key != "results")
    return {s.key: {"text": s.text, "edited_by": s.edited_by, "edited_at": s.edited_at} for s in edited}
