"""What all actions share: the right, the lock, the log, the voiding of confirmations."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.units.text import nfc
from reports.content import digest, live_content
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Report, ReportEvent, State

MOVED = (
    "Số liệu đã thay đổi sau khi xác nhận nên các xác nhận trước đó hết giá trị, báo cáo trở về dự thảo. "
    "Hãy xem lại và xác nhận lại."
)
CHANGED_FIGURES = "Số liệu trong sổ theo dõi đã thay đổi sau khi xác nhận"


def ensure(by, permission: Permission, unit) -> None:
    """PermissionDenied unless `by` has the permission at the unit."""
    if not has(by, permission, unit):
        raise PermissionDenied("Đồng chí không có quyền thực hiện việc này với báo cáo của đơn vị.")


def lock(report: Report) -> Report:
    """The report as it is now, held until the end of the transaction."""
    # Two statements: after waiting for the lock, a join in the same one would still see the rows of before.
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    return Report.objects.select_related("report_type", "unit", "programme", "snapshot").get(pk=report.pk)


def expect(report: Report, *states: State) -> None:
    """ReportError, saying where the report stands, unless it is in one of the states."""
    if report.state not in states:
        raise ReportError(
            f"Không thực hiện được: báo cáo đang ở trạng thái «{report.get_state_display()}». "
            "Hãy tải lại trang để xem diễn biến mới nhất."
        )


def note_event(report: Report, verb: ReportEvent.Verb, by, detail: str = "") -> None:
    ReportEvent.objects.create(report=report, verb=verb, by=by, detail=detail[:1000])


def move(report: Report, state: State, **fields) -> None:
    """Store a new state with what goes with it; the trigger has the last word."""
    report.state = state
    for name, value in fields.items():
        setattr(report, name, value)
    report.save(update_fields=["state", *fields])


def void_confirmations(report: Report, by, reason: str) -> int:
    """All live confirmations lose their value, on record; how many."""
    count = report.live_confirmations().update(
        voided_at=timezone.now(), voided_by=by, void_reason=nfc(reason)[:300]
    )
    if count:
        note_event(report, ReportEvent.Verb.VOIDED, by, reason)
    return count


def back_to_draft(report: Report, by, reason: str) -> None:
    """From waiting for the other side to draft: what was confirmed is no longer what there is."""
    void_confirmations(report, by, reason)
    move(report, State.DRAFT, snapshot=None)


def refuse_if_moved(report: Report, by) -> None:
    """Void and stop with ReportError when the log has moved under a report that waits for confirmation.

    Kept in a transaction of its own, so that the voiding stays although the caller's action fails.
    """
    with one_wins(), transaction.atomic():
        held = lock(report)
        moved = held.state == State.AWAITING and digest(live_content(held)) != held.snapshot.sha256
        if moved:
            back_to_draft(held, by, CHANGED_FIGURES)
    if moved:
        raise ReportError(MOVED)


def cleaned(text: str, limit: int, what: str) -> str:
    """Text as it is kept: NFC, plain line ends, no control characters; ReportError when it is too long."""
    text = nfc(text or "").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()
    if len(text) > limit:
        raise ReportError(f"{what} dài quá {limit:,} ký tự.".replace(",", "."))
    return text
