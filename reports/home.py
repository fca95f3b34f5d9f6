"""Việc cần làm: the first page of everybody, made of what the postings in force give a right to."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.ui.numbers import day
from programs.activities.extensions import home_tasks
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind, kinds
from programs.activities.usage import kinds_by_use
from reports import calendar
from reports.models import Report, State
from reports.presenters.tasks import own_tasks, review_tasks
from reports.province_glance import province_glances, province_totals

TASKS_SHOWN = 10
KINDS_AT_HAND = 4
ENTRIES_SHOWN = 5
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@requires(Permission.HOME_VIEW)
@require_safe
def home(request):
    """The first screen says what to do, then offers entry, then shows what was just logged."""
    user, today = request.user, timezone.localdate()
    tasks, latest = _tasks(user, today), _latest(user)
    return render(
        request,
        "home.html",
        {
            "lead": _lead(today),
            "show_tasks": has(user, Permission.REPORT_EDIT),
            "tasks": tasks[:TASKS_SHOWN],
            "more_tasks": len(tasks) > TASKS_SHOWN,
            "provinces": province_glances(user),
            "totals": province_totals(user),
            "latest": latest,
            "many_units": len({entry["unit_name"] for entry in latest or []}) > 1,
            **_entry_links(user),
            "open_url": reverse("reports:open_period") if has(user, Permission.PERIOD_OPEN) else "",
            "admin_url": reverse("admin:index") if user.is_staff else "",
        },
    )


def _lead(today) -> str:
    """The day, and the month of the decree's calendar that is running."""
    period = calendar.containing(today, calendar.Kind.MONTH)
    now = f"{WEEKDAYS[today.weekday()]}, {day(today)}"
    return f"{now} · kỳ báo cáo {period.label} đang mở ({period.data_range_label})"


def _tasks(user, today) -> list:
    waiting = Report.objects.latest().select_related("unit", "report_type").order_by("due_on", "pk")
    waiting = waiting.prefetch_related("confirmations", "notes")
    open_states = [State.DRAFT, State.AWAITING, State.RETURNED]
    own = waiting.visible_to(user, Permission.REPORT_EDIT).filter(state__in=open_states)[: TASKS_SHOWN + 1]
    tasks = own_tasks(user, own, today)
    sent = waiting.visible_to(user, Permission.REPORT_REVIEW).to_review().order_by("sent_at", "pk")
    return tasks + review_tasks(sent[: TASKS_SHOWN + 1]) + home_tasks(user)


def _latest(user) -> list[dict] | None:
    """The latest days in the log of the communes one writes for; None for those who do not write."""
    communes = scope_of(user, Permission.LOG_WRITE).communes
    if not communes:
        return None
    entries = ActivityEntry.objects.visible_to(user, Permission.LOG_VIEW).live()
    shown = entries.filter(unit__in=communes).select_related("unit").latest_first()[:ENTRIES_SHOWN]
    return [
        {
            "day": day(entry.day),
            "title": entry.title,
            "url": reverse("activities:detail", args=[entry.pk]),
            "kind_name": capfirst(kind(entry.kind).name),
            "unit_name": entry.unit.full_name,
        }
        for entry in shown
    ]


def _entry_links(user) -> dict[str, list]:
    """Where to log an activity of each kind, and several of one kind at once."""
    if not has(user, Permission.LOG_WRITE):
        return {}
    links = [_link(each, "create", capfirst(each.name)) for each in kinds_by_use(user)]
    return {
        "kinds": links[:KINDS_AT_HAND],
        "more_kinds": links[KINDS_AT_HAND:],
        "grouped": [
            _link(each, "create_grouped", each.name) for each in kinds() if each.form_class.grouped_form
        ],
    }


def _link(each, page: str, name: str) -> dict:
    return {"name": name, "url": reverse(f"activities:{page}", args=[each.slug])}
