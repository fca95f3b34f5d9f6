"""What a person may do next with a report. At most one offer is filled: the next action."""

from dataclasses import dataclass, replace

from django.urls import reverse

from portal.access.permissions import Permission
from reports.models import Report, State
from reports.rights import confirmable_sides, may, reviews


@dataclass(frozen=True)
class Offer:
    """A button: a link, or a form of one button where `post`."""

    label: str
    url: str
    post: bool = True
    filled: bool = False


def offers(user, report: Report, *, may_supersede: bool) -> list[Offer]:
    """In the order of the page; the first main one is filled. `may_supersede`: something came since."""
    main = [*_confirm(user, report), *_send(user, report), *_accept(user, report)]
    if may_supersede and may(user, Permission.REPORT_EDIT, report):
        main.append(_offer(report, "Lập báo cáo điều chỉnh, bổ sung", "next_version"))
    filled = [replace(offer, filled=not n) for n, offer in enumerate(main)]
    return [*filled, *_others(user, report)]


def _offer(report: Report, label: str, name: str, *, post: bool = True) -> Offer:
    return Offer(label, reverse(f"reports:{name}", args=[report.pk]), post)


def _confirm(user, report):
    if report.is_editable and confirmable_sides(user, report):
        page = "confirm_province" if report.is_province else "confirm"
        yield _offer(report, "Xác nhận số liệu", page, post=False)


def _send(user, report):
    ready = report.state == State.AWAITING and not report.missing_sides() and not report.is_province
    if ready and may(user, Permission.REPORT_SEND, report):
        yield _offer(report, "Gửi báo cáo", "send")


def _accept(user, report):
    if report.state == State.SENT and reviews(user, report):
        yield _offer(report, "Tiếp nhận báo cáo", "accept")


def _others(user, report):
    if report.state == State.SENT and reviews(user, report):
        yield _offer(report, "Yêu cầu bổ sung, chỉnh sửa", "return", post=False)
    if report.state == State.SENT and not report.opened_at and may(user, Permission.REPORT_SEND, report):
        yield _offer(report, "Thu hồi để sửa", "recall")
    if report.is_province and report.state == State.DRAFT and may(user, Permission.REPORT_COMPILE, report):
        yield _offer(report, "Tổng hợp lại từ báo cáo đã tiếp nhận", "recompile")
