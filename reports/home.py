"""What reports put on "Việc cần làm": what is due, came back or waits, and who has not sent."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.home.parts import HomeTask, register_lead, register_part, register_tasks
from portal.units.models import AdminUnit
from reports import calendar
from reports.dashboards.board import Board
from reports.dashboards.standouts import standouts
from reports.models import Report, State
from reports.presenters.tasks import own_tasks, review_tasks
from reports.province_glance import province_glances, province_totals
from reports.this_month import month_context

TASKS_SHOWN = 10
OPEN_STATES = [State.DRAFT, State.AWAITING, State.RETURNED]


def register() -> None:
    """Called once, when the application starts."""
    register_lead(running_period)
    register_tasks(report_tasks, order=10)
    register_part("reports/_home_month.html", month_context, order=55, permission=Permission.LOG_WRITE)
    register_part("reports/_totals.html", totals_context, place="top", permission=Permission.REPORT_VIEW)
    register_part(
        "reports/_home_provinces.html", provinces_context, order=30, permission=Permission.REPORT_REVIEW
    )
    register_part(
        "reports/_home_standouts.html", standouts_context, order=35, permission=Permission.REPORT_REVIEW
    )
    register_part(
        "reports/_home_period.html",
        lambda request: {},
        place="side",
        order=20,
        permission=Permission.PERIOD_OPEN,
    )


def running_period(today: date) -> str:
    """The month of the decree's calendar that is running."""
    period = calendar.containing(today, calendar.Kind.MONTH)
    return f"kỳ báo cáo {period.label} đang mở ({period.data_range_label})"


def report_tasks(user) -> list[HomeTask]:
    """The own unit's open reports, then those that wait for the province's review."""
    waiting = Report.objects.latest().select_related("unit", "report_type").order_by("due_on", "pk")
    waiting = waiting.prefetch_related("confirmations", "notes")
    own = waiting.visible_to(user, Permission.REPORT_EDIT).filter(state__in=OPEN_STATES)[: TASKS_SHOWN + 1]
    tasks = own_tasks(user, own, timezone.localdate())
    sent = waiting.visible_to(user, Permission.REPORT_REVIEW).to_review().order_by("sent_at", "pk")
    return _some(tasks) + _some(review_tasks(sent[: TASKS_SHOWN + 1]))


def _some(tasks: list[HomeTask]) -> list[HomeTask]:
    """The first ten; that there are more is a line of its own."""
    if len(tasks) <= TASKS_SHOWN:
        return tasks
    more = HomeTask("Còn nữa", "Các báo cáo khác", "Xem tất cả báo cáo", reverse("reports:list"), css="")
    return [*tasks[:TASKS_SHOWN], more]


def totals_context(request) -> dict | None:
    """For the national reader."""
    totals = province_totals(request.user)
    return {"totals": totals} if totals else None


def provinces_context(request) -> dict | None:
    """For those who review."""
    provinces = province_glances(request.user)
    return {"provinces": provinces} if provinces else None


def standouts_context(request) -> dict | None:
    """What stands out in the last closed month of each province that is reviewed."""
    today = timezone.localdate()
    period = calendar.last_closed(calendar.Kind.MONTH, calendar.Calendar.DECREE, today)
    provinces = AdminUnit.objects.filter(pk__in=scope_of(request.user, Permission.REPORT_REVIEW).provinces)
    found = [(one, standouts(Board(one, period), today)) for one in provinces.order_by("sort_key")]
    found = [(province, facts) for province, facts in found if facts]
    return {"period": period, "found": found} if found else None
