"""Sending a commune's report up, and taking it back while nobody has opened it."""

from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.accounts.models import Side
from reports.actions.common import (
    ensure,
    expect,
    lock,
    move,
    note_event,
    refuse_if_moved,
    void_confirmations,
)
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Report, ReportEvent, State


def send(*, report: Report, by) -> Report:
    """Send what all its sides have confirmed to the province."""
    ensure(by, Permission.REPORT_SEND, report.unit)
    refuse_if_moved(report, by)
    with one_wins(), transaction.atomic():
        held = lock(report)
        expect(held, State.DRAFT, State.RETURNED, State.AWAITING)
        if missing := [Side(side).label for side in held.missing_sides()]:
            raise ReportError(f"Chưa gửi được: còn thiếu xác nhận của bên {', bên '.join(missing)}.")
        now = timezone.now()
        move(held, State.SENT, sent_at=now, first_sent_at=held.first_sent_at or now, opened_at=None)
        note_event(held, ReportEvent.Verb.SENT, by)
    return held


def recall(*, report: Report, by) -> Report:
    """Take a sent report back to draft; not once the province has opened it."""
    ensure(by, Permission.REPORT_SEND, report.unit)
    with one_wins(), transaction.atomic():
        held = lock(report)
        expect(held, State.SENT)
        if held.opened_at:
            raise ReportError("Cấp tỉnh đã mở báo cáo nên không thu hồi được. Hãy đề nghị cấp tỉnh trả lại.")
        void_confirmations(held, by, "Thu hồi để sửa")
        # What came back from the province once was given in time or not by its first sending.
        first = held.first_sent_at if held.notes.exists() else None
        move(held, State.DRAFT, snapshot=None, sent_at=None, first_sent_at=first)
        note_event(held, ReportEvent.Verb.RECALLED, by)
    return held
