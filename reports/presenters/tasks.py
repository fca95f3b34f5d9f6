"""What waits for a person, as the first page lists it: the late first, then by deadline."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from portal.access.permissions import Permission
from portal.accounts.models import Side
from portal.home.parts import HomeTask
from portal.ui.numbers import day
from reports.models import Report, State
from reports.presenters.page import title
from reports.presenters.rows import late_words
from reports.rights import confirmable_sides, may


def own_tasks(user, reports: Iterable[Report], today: date) -> list[HomeTask]:
    """Of the own unit's open reports; needs their confirmations and notes."""
    return [_own_task(user, report, today) for report in sorted(reports, key=_urgency)]


def _urgency(report: Report):
    return (report.state != State.RETURNED, report.due_on, report.pk)


def _own_task(user, report: Report, today: date) -> HomeTask:
    tag, css = _deadline(report, today)
    label, page = _next(user, report)
    return HomeTask(
        tag=tag,
        css=css,
        title=title(report),
        unit_name=report.unit.full_name,
        detail=_detail(report),
        label=label,
        url=reverse(f"reports:{page}", args=[report.pk]),
    )


def _deadline(report: Report, today: date) -> tuple[str, str]:
    if report.state == State.RETURNED:
        return "Yêu cầu bổ sung", "late"
    late = "" if report.is_province else late_words(report, today)
    return (late, "late") if late else (f"Hạn {day(report.due_on)}", "wait")


def _next(user, report: Report) -> tuple[str, str]:
    if report.state == State.AWAITING and not report.missing_sides() and not report.is_province:
        return ("Gửi báo cáo" if may(user, Permission.REPORT_SEND, report) else "Xem báo cáo"), "detail"
    if report.state == State.AWAITING and confirmable_sides(user, report):
        return "Xác nhận số liệu", "confirm_province" if report.is_province else "confirm"
    return ("Xem" if report.state == State.AWAITING else "Xem và sửa"), "detail"


def _detail(report: Report) -> str:
    open_notes = [note for note in report.notes.all() if note.is_open]
    if report.state == State.RETURNED and open_notes:
        more = f" và {len(open_notes) - 1} chỗ khác" if len(open_notes) > 1 else ""
        return f"Tỉnh yêu cầu bổ sung, chỉnh sửa: “{open_notes[0].reason}”{more}"
    if report.state == State.AWAITING:
        missing = [Side(side).label for side in report.missing_sides()]
        return f"Chờ {' và '.join(missing)} xác nhận" if missing else "Các bên đã xác nhận, chưa gửi"
    return "Đã điền sẵn từ sổ theo dõi, chờ kiểm tra và xác nhận"


def review_tasks(reports: Iterable[Report]) -> list[HomeTask]:
    """Communes' reports that wait for the province, in the order in which they came."""
    return [
        HomeTask(
            tag=f"Gửi {day(report.sent_at)}",
            css="late" if report.is_late() else "wait",
            title=title(report),
            unit_name=report.unit.full_name,
            detail="Gửi chậm so với hạn" if report.is_late() else "Chờ xem xét, tiếp nhận",
            label="Xem xét",
            url=reverse("reports:detail", args=[report.pk]),
        )
        for report in reports
    ]
