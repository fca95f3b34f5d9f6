"""Việc cần làm: the first page of everybody, made of what the rooms have registered (parts.py)."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.home.parts import lead_of, rendered_parts, tasks_of
from portal.ui.numbers import day

TASKS_SHOWN = 10
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@requires(Permission.HOME_VIEW)
@require_safe
def home(request):
    """The first screen says what to do, then offers entry, then shows what was just logged."""
    tasks = tasks_of(request.user)
    parts, side_leads = rendered_parts(request)
    return render(
        request,
        "home.html",
        {
            "lead": _lead(timezone.localdate()),
            "show_tasks": bool(tasks) or has(request.user, Permission.LOG_VIEW),
            "tasks": tasks[:TASKS_SHOWN],
            "more_tasks": tasks[TASKS_SHOWN:],
            "side_leads": side_leads,
            **parts,
        },
    )


def _lead(today) -> str:
    return " · ".join([f"{WEEKDAYS[today.weekday()]}, {day(today)}", *lead_of(today)])
