"""What the province does with a report that it was sent."""

from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from reports.actions.common import cleaned, ensure, expect, lock, move, note_event, void_confirmations
from reports.content import read
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Report, ReportEvent, ReviewNote, State


def mark_opened(*, report: Report, by) -> None:
    """Record that a reviewer has opened a sent report, which then is not recalled. Others change nothing."""
    if report.state != State.SENT or report.opened_at or not has(by, Permission.REPORT_REVIEW, report.unit):
        return
    with one_wins(), transaction.atomic():
        held = lock(report)
        if held.state == State.SENT and held.opened_at is None:
            move(held, State.SENT, opened_at=timezone.now())
            note_event(held, ReportEvent.Verb.READ, by)
    report.refresh_from_db(fields=["opened_at", "state"])


def return_report(*, report: Report, notes: list[tuple[str, str]], by) -> Report:
    """Send it back with reasons. notes: (indicator or section key, reason), at least one."""
    ensure(by, Permission.REPORT_REVIEW, report.unit)
    asked = [(target, cleaned(reason, 2000, "Lý do")) for target, reason in notes]
    if not asked or not all(reason for _, reason in asked):
        raise ReportError("Hãy ghi lý do cho từng dòng, mục cần bổ sung, chỉnh sửa.")
    with one_wins(), transaction.atomic():
        held = lock(report)
        expect(held, State.SENT)
        _pin(held, asked, by)
        void_confirmations(held, by, "Cấp tỉnh yêu cầu bổ sung, chỉnh sửa")
        move(held, State.RETURNED, snapshot=None, opened_at=None)
        note_event(held, ReportEvent.Verb.RETURNED, by, "; ".join(reason for _, reason in asked))
    return held


def accept(*, report: Report, by) -> Report:
    """Take the report in: its figures stand from now on, and what was asked is settled."""
    ensure(by, Permission.REPORT_REVIEW, report.unit)
    with one_wins(), transaction.atomic():
        held = lock(report)
        expect(held, State.SENT)
        now = timezone.now()
        move(held, State.ACCEPTED, accepted_at=now, opened_at=held.opened_at or now)
        held.notes.filter(resolved_at__isnull=True).update(resolved_at=now)
        note_event(held, ReportEvent.Verb.ACCEPTED, by)
    return held


def _pin(held: Report, asked: list[tuple[str, str]], by) -> None:
    sections = {section.key: section for section in held.sections.all()}
    lines = {line["indicator"] for line in read(held.snapshot)["lines"]}
    for target, reason in asked:
        if target not in sections and target not in lines:
            raise ReportError("Yêu cầu phải gắn với một dòng số liệu hoặc một mục của báo cáo.")
        pinned = {"section": sections[target]} if target in sections else {"line": target}
        ReviewNote.objects.create(report=held, snapshot=held.snapshot, reason=reason, by=by, **pinned)
