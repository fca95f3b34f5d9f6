"""Confirming: one side's word for one content, with the password asked again."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.roles import ROLES
from portal.accounts.models import Posting, Role, Side
from reports.actions.common import expect, lock, move, note_event, refuse_if_moved
from reports.actions.freezing import freeze_province
from reports.content import SCHEMA, canonical, digest, live_content
from reports.errors import ReportError
from reports.isolation import one_wins, repeatable_read
from reports.models import Confirmation, Report, ReportEvent, Snapshot, State
from reports.trace import make_trace

TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
SEEN_OTHER = "Số liệu hoặc nội dung đã khác với bản đồng chí vừa xem. Hãy xem lại rồi xác nhận."


def confirm(*, report: Report, side: str, password: str, by, seen: str | None = None) -> Confirmation:
    """Confirm the report's content for one side.

    seen: `content.digest` of what the page showed; another content is not confirmed unseen. The first
    confirmation binds the content, the last one of a province's report freezes it.
    """
    posting = _posting(report, side, by)
    _check_password(report, password, by)
    refuse_if_moved(report, by)
    with one_wins(), repeatable_read():
        held = lock(report)
        expect(held, State.DRAFT, State.RETURNED, State.AWAITING)
        _refuse_second(held, side, by)
        snapshot = held.snapshot or _bind(held)
        if seen and seen != snapshot.sha256:
            raise ReportError(SEEN_OTHER)
        confirmation = _write(held, side, by, posting, snapshot)
        if held.state != State.AWAITING:
            move(held, State.AWAITING, snapshot=snapshot)
        if held.is_province and not held.missing_sides():
            freeze_province(held, by)
    return confirmation


def capacity_to_confirm(report: Report, by) -> dict[str, Posting]:
    """{side: posting} in which a person may confirm; a deputy's is that of the leader stood in for."""
    right = Permission.PROVINCE_REPORT_CONFIRM if report.is_province else Permission.REPORT_CONFIRM
    here = report.unit.today_unit_id or report.unit_id
    postings = [*by.delegations_in_force(), *by.postings_in_force()] if by.is_active else []
    return {
        posting.side: posting
        for posting in postings
        if right in ROLES[Role(posting.role)]
        and posting.unit
        and (posting.unit.today_unit_id or posting.unit_id) == here
        and posting.side in report.report_type.confirming_sides
    }


def _posting(report, side, by) -> Posting:
    posting = capacity_to_confirm(report, by).get(side)
    if posting is None:
        raise PermissionDenied("Đồng chí không được xác nhận báo cáo này thay cho bên đã chọn.")
    return posting


def _check_password(report, password, by) -> None:
    """Ask who it is once more; after some failures nobody may try for a while, whoever holds the session."""
    since = timezone.now() - TRIES_WITHIN
    failed = ReportEvent.objects.filter(by=by, verb=ReportEvent.Verb.REFUSED, at__gte=since).count()
    if failed >= TRIES:
        raise ReportError("Đã nhập sai mật khẩu nhiều lần. Hãy thử lại sau 15 phút.")
    if not by.check_password(password or ""):
        note_event(report, ReportEvent.Verb.REFUSED, by)
        raise ReportError("Mật khẩu không đúng. Báo cáo chưa được xác nhận.")


def _refuse_second(held, side, by) -> None:
    for given in held.live_confirmations().select_related("by"):
        if given.side == side:
            raise ReportError(
                f"Bên {given.get_side_display()} đã xác nhận báo cáo này ({given.by.full_name})."
            )
        if given.by_id == by.pk:
            raise ReportError("Một người không xác nhận thay cho cả hai bên.")


def _bind(held) -> Snapshot:
    """The live content, for good: its bytes, their hash and the trace of every figure."""
    content = live_content(held)
    return Snapshot.objects.create(
        report=held,
        schema=SCHEMA,
        content=canonical(content),
        sha256=digest(content),
        trace=make_trace(held),
    )


def _write(held, side, by, posting, snapshot) -> Confirmation:
    confirmation = Confirmation.objects.create(
        report=held,
        side=side,
        by=by,
        posting=posting,
        is_deputy=posting.is_deputy or posting.user_id != by.pk,
        snapshot=snapshot,
        sha256=snapshot.sha256,
    )
    note_event(held, ReportEvent.Verb.CONFIRMED, by, f"Bên {Side(side).label}")
    return confirmation
