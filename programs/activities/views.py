"""The pages of the log, one set for all kinds. Views read, call, render; a foreign record is a 404."""

from contextlib import suppress

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has
from programs.activities import saving
from programs.activities.actions import NOT_A_MEMBERS, delete_activity, may_change, restore_activity
from programs.activities.entering import Entering
from programs.activities.errors import LogError
from programs.activities.extensions import (
    address_after,
    detail_actions,
    detail_parts,
    form_notes,
    hints_for,
    instead_of_saving,
    list_actions,
    marks_of,
    start_of,
)
from programs.activities.filters import LogFilterForm
from programs.activities.forms import DeletionForm
from programs.activities.history import steps_of
from programs.activities.listing import areas_of, columns_of, in_words, rows_of
from programs.activities.measured import counted_in
from programs.activities.models import ActivityEntry
from programs.activities.paging import PAGE_SIZE, page_of
from programs.activities.presentation import facts
from programs.activities.registry import kind as kind_named
from programs.activities.registry import kinds
from programs.activities.saving import is_grouped

STEPS_ON_DETAIL = 5
READ, WRITE = Permission.LOG_VIEW, Permission.LOG_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(READ)
@require_safe
def activity_list(request, kind=None):
    """The log: all kinds together, or one kind with its own columns."""
    chosen = _kind_or_404(kind) if kind else None
    filters = LogFilterForm(request.GET, user=request.user, kind=chosen)
    entries = filters.apply(ActivityEntry.objects.visible_to(request.user, READ).live().latest_first())
    page = page_of(entries.of_kind(chosen.slug) if chosen else entries, request.GET.get("page"))
    context = {
        **{"kind": chosen, "kinds": kinds(), "filters": filters, "page": page},
        "rows": rows_of(page, columns=chosen, marks=marks_of(page, request.user)),
        "list_actions": list_actions(request, chosen),
        "columns": columns_of(chosen) if chosen else [],
        "show_unit": "unit" in filters.fields,
        "may_write": has(request.user, WRITE),
    }
    return render(request, "activities/list.html", context)


@requires(WRITE)
@require_safe
def trash(request):
    """What was deleted in the officer's own communes, with reasons, to be restored."""
    page = _page(request, ActivityEntry.objects.visible_to(request.user, WRITE).trash().latest_first())
    return render(request, "activities/trash.html", {"page": page, "rows": rows_of(page)})


@requires(WRITE)
@require_safe
def choose_kind(request):
    """What can be entered."""
    grouped = [k for k in kinds() if k.form_class.grouped_form]
    return render(request, "activities/choose.html", {"kinds": kinds(), "grouped_kinds": grouped})


@requires(WRITE)
@form_methods
def create(request, kind):
    """Enter one activity of a kind; the same POST again leads to the record that is already there."""
    chosen = _kind_or_404(kind)
    return _create(request, chosen, chosen.form_class)


@requires(WRITE)
@form_methods
def create_grouped(request, kind):
    """Enter several occasions of one half month as one record."""
    chosen = _kind_or_404(kind)
    if not chosen.form_class.grouped_form:
        raise Http404("Loại hoạt động này không nhập gộp.")
    return _create(request, chosen, chosen.form_class.grouped_form, grouped=True)


def _create(request, kind, form_class, *, grouped=False):
    here = reverse(f"activities:create{'_grouped' if grouped else ''}", args=[kind.slug])
    start = start_of(request, kind, grouped)
    data = request.POST or (start and start.data) or None
    form = form_class(data, user=request.user, initial={"unit": request.GET.get("unit")})
    entering = Entering.of(request, kind=kind, form=form, grouped=grouped, start=start)
    handle = instead_of_saving(request)
    if handle:
        response = handle(request, entering)
        if response:
            return response
        entering.leave_unjudged()
    elif request.method == "POST" and entering.may_be_saved():
        saved = saving.create(entering, kind=kind, by=request.user)
        if saved:
            saving.announce(request, saved, again=f"{here}?unit={saved.record.unit_id}")
            return redirect(address_after(request, saved.record))
    title = f"Nhập gộp nhiều {kind.name.split()[0]}" if grouped else f"Nhập {kind.name}"
    other = "activities:create" if grouped else "activities:create_grouped"
    context = {
        **{"kind": kind, "form": form, "entering": entering, "grouped": grouped, "title": title},
        **{"here": here, "notes": form_notes(request, entering)},
        "other_form_url": reverse(other, args=[kind.slug]) if kind.form_class.grouped_form else "",
    }
    return render(request, "activities/form.html", context)


@requires(READ)
@require_safe
def detail(request, pk):
    """Everything about one activity: facts, areas, figures, history. A deleted one says so."""
    context = _record_or_404(request, pk, READ)
    steps = (
        steps_of(context["kind"], context["record"])
        if has(request.user, Permission.LOG_HISTORY, context["record"].unit)
        else None
    )
    context |= {
        "facts": facts(context["record"]),
        "areas": in_words(areas_of([context["entry"]]).get(pk, [])),
        "counted": counted_in(context["kind"], context["record"]),
        "steps": steps and steps[:STEPS_ON_DETAIL],
        "more_steps": len(steps or ()) > STEPS_ON_DETAIL,
        "may_write": may_change(activity=context["record"], by=request.user),
        "may_copy": context["entry"].live and has(request.user, WRITE, context["record"].unit),
        "copy_page": f"activities:create{'_grouped' if is_grouped(context['record']) else ''}",
        "hints": hints_for(context["entry"], context["record"], request.user),
        "parts": detail_parts(request, context["entry"], context["record"]),
        "detail_actions": detail_actions(context["entry"], context["record"], request.user),
    }
    return render(request, "activities/detail.html", context)


@requires(Permission.LOG_HISTORY)
@require_safe
def history(request, pk):
    """All changes of one activity, latest first."""
    context = _record_or_404(request, pk, Permission.LOG_HISTORY)
    page = _page(request, steps_of(context["kind"], context["record"]))
    return render(request, "activities/history.html", context | {"page": page})


@requires(WRITE)
@form_methods
def edit(request, pk):
    """Change an activity; who was overtaken by a colleague keeps the typed text and sees both versions."""
    context = _record_or_404(request, pk, WRITE)
    if not context["entry"].live:
        messages.warning(request, "Bản ghi đã xóa. Khôi phục trước khi sửa.")
        return redirect("activities:detail", pk=pk)
    record, kind = context["record"], context["kind"]
    if not may_change(activity=record, by=request.user):
        return _not_theirs(request, pk)
    form_class = saving.form_class_for(kind, record)
    form = form_class(request.POST or None, instance=record, user=request.user)
    entering = Entering.of(request, kind=kind, form=form, record=record)
    if request.method == "POST" and entering.may_be_saved():
        conflict = saving.change(entering, kind=kind, by=request.user)
        if conflict:
            context["conflict"], entering.form = conflict, conflict.form
        elif not form.errors:
            messages.success(request, "Đã lưu thay đổi.")
            return redirect(address_after(request, record))
    context |= {"form": entering.form, "entering": entering, "title": f"Sửa {kind.name}"}
    return render(request, "activities/form.html", context)


@requires(WRITE)
@form_methods
def delete(request, pk):
    """Take an activity out of the log, with a reason; it stays in the trash and in the history."""
    context = _record_or_404(request, pk, WRITE)
    if not context["entry"].live:
        return redirect("activities:detail", pk=pk)
    form = DeletionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saving.refusals_on(form, context["kind"]):
            delete_activity(activity=context["record"], reason=form.cleaned_data["reason"], by=request.user)
            form.note_attestation(by=request.user, place="activity.delete", subject=pk)
            messages.success(request, "Đã xóa khỏi sổ. Có thể khôi phục ở mục Đã xóa.")
            return redirect("activities:list")
    context |= {"form": form, "counted": counted_in(context["kind"], context["record"])}
    return render(request, "activities/delete.html", context)


@requires(WRITE)
@form_methods
def restore(request, pk):
    """Put a deleted activity back into the log, where it counts again."""
    context = _record_or_404(request, pk, WRITE)
    if context["entry"].live:
        return redirect("activities:detail", pk=pk)
    if not may_change(activity=context["record"], by=request.user):
        return _not_theirs(request, pk)
    if request.method == "POST":
        with suppress(LogError):  # somebody else was quicker: it is restored, which is what was wanted
            restore_activity(activity=context["record"], by=request.user)
        messages.success(request, "Đã khôi phục vào sổ.")
        return redirect("activities:detail", pk=pk)
    return render(request, "activities/restore.html", context)


def _not_theirs(request, pk):
    """A member organisation's officer reads what the two sides have logged."""
    messages.warning(request, NOT_A_MEMBERS)
    return redirect("activities:detail", pk=pk)


def _record_or_404(request, pk, permission) -> dict:
    """Entry, kind and record as a page's context; outside the user's scope there is nothing."""
    entry = get_visible_or_404(ActivityEntry.objects.all(), request.user, permission, pk=pk)
    record = entry.activity()
    return {
        "entry": entry,
        "kind": record.kind,
        "record": record,
        "unit_name": record.unit.name_on(entry.day),
    }


def _kind_or_404(slug):
    try:
        return kind_named(slug)
    except KeyError as unknown:
        raise Http404("Không có loại hoạt động này.") from unknown


def _page(request, items):
    return Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
