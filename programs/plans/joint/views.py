"""The pages of a joint plan: tasks with their evidence, targets with their progress, next year's draft."""

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has, scope_of
from portal.ui.forms import Plain, PortalForm
from programs.activities.figures import rows_behind
from programs.activities.models import ActivityEntry
from programs.coordination.querysets import lineage_ids
from programs.plans.joint.copying import copy_plan
from programs.plans.joint.evidence import offered, set_evidence
from programs.plans.joint.forms import EvidenceForm
from programs.plans.joint.model import JointPlan, PlanTask, Target
from programs.plans.joint.progress import by_place, progress_of, units_of
from programs.plans.reach import READ, WRITE
from programs.plans.story import targets_chart
from programs.plans.views import PAGE_SIZE, form_methods, readable_or_404

BEHIND = 20


@requires(READ)
@require_safe
def plan(request, pk):
    """One plan: what is to be done and reached, and how far it is, today."""
    found = readable_or_404(JointPlan.objects.standing().with_names(), request.user, pk=pk)
    today = timezone.localdate()
    progress = progress_of(found, _of_plan(found.targets.all(), found), today)
    tasks = list(found.plantasks.prefetch_related("evidence__entry__unit"))
    readable = _readable_entries(
        request.user, [one.entry_id for task in tasks for one in task.evidence.all()]
    )
    context = {
        **{"plan": found, "tasks": tasks, "progress": progress, "today": today, "readable": readable},
        "chart": targets_chart(progress) if len(progress) > 1 else None,
        "met": sum(each.is_met for each in progress),
        "done": sum(task.done_on is not None for task in tasks),
        "agreements": found.agreements.filter(ceremony__removed_at=None).select_related("ceremony"),
        "may_write": found.unit is not None and has(request.user, WRITE, found.unit),
    }
    return render(request, "plans/plan.html", context)


@requires(READ)
@require_safe
def target(request, pk):
    """One target: the sum, the communes whose log the person may read, and the activities behind it."""
    row = readable_or_404(Target.objects.with_names(), request.user, pk=pk)
    today = timezone.localdate()
    (progress,) = progress_of(row.plan, [row], today)
    scope = scope_of(request.user, Permission.LOG_VIEW)
    places = by_place(row.plan, row, today)
    seen = [each for each in places if scope and scope.holds(each.unit)]
    page = Paginator(seen, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"target": row, "plan": row.plan, "progress": progress, "page": page}
    context["is_part"] = len(seen) < len(places)
    return render(request, "plans/target.html", context | {"behind": _behind(request.user, row, progress)})


def _behind(user, row, progress):
    """The first activities of a flow that the person may open."""
    units = _readable_units(user, row.plan.unit)
    if progress.aim.share or progress.aim.is_stock or progress.reached is None or units == []:
        return []
    rows = rows_behind(
        indicator=row.indicator, units=units, start=row.plan.starts_on, end=progress.until,
        programmes=lineage_ids(row.plan.programme), limit=BEHIND,
    )  # fmt: skip
    readable = _readable_entries(user, [each.entry_id for each in rows])
    return [each for each in rows if each.entry_id in readable]


def _readable_units(user, unit) -> list[int] | None:
    """Ids of the units of a plan whose log the person may read; None: all of them."""
    scope, under = scope_of(user, Permission.LOG_VIEW), units_of(unit)
    if scope.everything:
        return under
    readable = set(scope.units().values_list("pk", flat=True)) if scope else set()
    return sorted(readable if under is None else readable.intersection(under))


@requires(WRITE)
@form_methods
def evidence(request, pk):
    """Choose the activities of the log that show that a task was done."""
    task = get_visible_or_404(PlanTask.objects.with_names(), request.user, WRITE, pk=pk)
    chosen = list(task.evidence.values_list("entry", flat=True))
    search = str(request.GET.get("q") or "")[:100]
    entries = offered(task, user=request.user, search=search, chosen=chosen)
    form = EvidenceForm(request.POST or None, entries=entries, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        set_evidence(task=task, entries=form.cleaned_data["entries"], by=request.user)
        messages.success(request, "Đã lưu minh chứng.")
        return redirect(task.plan)
    context = {"form": form, "task": task, "plan": task.plan, "q": search, "count": len(entries)}
    return render(request, "plans/evidence.html", context)


class CopyForm(Plain, PortalForm):
    """Nothing to type: the token makes two clicks one draft."""

    client_token = forms.UUIDField(widget=forms.HiddenInput)


@requires(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, pk):
    """Last year's plan as a draft of this year's."""
    found = get_visible_or_404(JointPlan.objects.standing().with_names(), request.user, WRITE, pk=pk)
    form = CopyForm(request.POST or None, initial={"client_token": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        draft, created = copy_plan(plan=found, token=form.cleaned_data["client_token"], by=request.user)
        said = "Đã lập dự thảo. Kiểm tra từng mục rồi ban hành." if created else "Dự thảo đã có."
        messages.success(request, said)
        return redirect(draft)
    return render(request, "plans/copy.html", {"form": form, "plan": found})


def _of_plan(targets, plan) -> list[Target]:
    """The targets, each knowing its plan without a query."""
    targets = list(targets)
    for each in targets:
        each.plan = plan
    return targets


def _readable_entries(user, ids) -> set[int]:
    """Those of the activities that the person may open."""
    if not ids or not has(user, Permission.LOG_VIEW):
        return set()
    entries = ActivityEntry.objects.visible_to(user, Permission.LOG_VIEW).filter(pk__in=ids, live=True)
    return set(entries.values_list("pk", flat=True))
