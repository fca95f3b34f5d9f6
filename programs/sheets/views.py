"""Excel in: template, file, what was found, writing. Excel out: the filtered list as a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, scope_of
from portal.files.handing_out import XLSX, workbook_answer
from portal.files.workbook import Refused
from portal.jobs import actions as jobs
from portal.ui.numbers import number
from portal.units.models import AdminUnit
from portal.units.text import fold
from programs.activities.registry import kind as kind_named
from programs.sheets import actions, taking_away
from programs.sheets.export import MOST_ROWS, LogTable, as_csv, as_xlsx
from programs.sheets.forms import UploadForm
from programs.sheets.models import ImportBatch
from programs.sheets.subjects import slugs, subject_of
from programs.sheets.template import template, way_to_fill

WRITE = Permission.LOG_WRITE
RELOAD_EVERY_S, BATCHES_SHOWN = 2, 20


@requires(WRITE)
@require_safe
def index(request):
    """What can be taken in, and what was sent lately for the officer's communes."""
    batches = ImportBatch.objects.visible_to(request.user, WRITE).select_related("unit", "created_by")
    names = slugs()
    context = {
        "subjects": names.items(),
        "batches": [
            (batch, names.get(batch.subject, "")) for batch in batches.defer("content")[:BATCHES_SHOWN]
        ],
    }
    return render(request, "sheets/index.html", context)


@requires(WRITE)
@require_safe
def blank(request, subject):
    """The template of a subject, made for a commune: its areas are in the lists."""
    units = _units(request.user)
    asked = request.GET.get("unit", "")
    unit = next((u for u in units if str(u.pk) == asked), units[0])
    chosen = _subject_or_404(subject, unit, request.user)
    response = HttpResponse(template(chosen), content_type=XLSX)
    name = slugify(fold(f"mau-{chosen.slug}-{unit.full_name}"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@requires(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, subject):
    """Send a workbook; what cannot be opened comes back with the reason."""
    units = _units(request.user)
    chosen = _subject_or_404(subject, units[0], request.user)
    form = UploadForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        batch = _received(request, form, chosen.slug)
        if batch:
            return redirect("sheets:batch", pk=batch.pk)
    context = {
        "form": form,
        "subject": chosen,
        "units": units,
        "columns": [(column, way_to_fill(column)) for column in chosen.columns],
    }
    return render(request, "sheets/upload.html", context)


def _received(request, form, subject: str) -> ImportBatch | None:
    file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
    try:
        return actions.receive(
            file_name=file.name, content=file.read(), subject=subject, unit=unit, by=request.user
        )
    except Refused as refused:
        for text in refused.messages:
            form.add_error("file", text)
    return None


@requires(WRITE)
@require_safe
def batch(request, pk):
    """What was found in a table, how far the work has got, or when it came into the log and by whom."""
    found = _batch_or_404(request, pk)
    job = actions.job_of(found)
    context = {
        "batch": found,
        "job": job,
        "stopped": bool(job and found.is_busy and job.state == job.State.FAILED),
        "subject": slugs().get(found.subject, ""),
        "errors": [f["text"] for f in found.findings if f["level"] == "error"],
        "warnings": [f["text"] for f in found.findings if f["level"] == "warning"],
    }
    response = render(request, "sheets/batch.html", context)
    if found.is_busy and not context["stopped"]:
        response.headers["Refresh"] = str(RELOAD_EVERY_S)
    return response


@requires(WRITE)
@require_POST
def write(request, pk):
    """Write a checked table into the log; or begin the work on it again that had stopped."""
    found = _batch_or_404(request, pk)
    job = actions.job_of(found)
    if job and found.is_busy:
        jobs.retry(job=job, by=request.user)
    else:
        actions.write(batch=found, by=request.user)
        found.refresh_from_db()
        if found.state == ImportBatch.State.DONE:
            messages.success(request, "Đã ghi vào sổ.")
    return redirect("sheets:batch", pk=pk)


@requires(WRITE)
@require_POST
def drop(request, pk):
    """Throw a table away that was not written."""
    found = _batch_or_404(request, pk)
    actions.drop(batch=found, by=request.user)
    messages.info(request, "Đã bỏ tệp, không ghi gì vào sổ.")
    return redirect("sheets:index")


def _batch_or_404(request, pk) -> ImportBatch:
    batches = ImportBatch.objects.select_related("unit", "created_by", "taken_in_by").defer("content")
    return get_visible_or_404(batches, request.user, WRITE, pk=pk)


def _units(user) -> list[AdminUnit]:
    """The communes of today for which the person logs, in Vietnamese order."""
    units = AdminUnit.objects.today().communes().filter(pk__in=scope_of(user, WRITE).communes)
    if not units:
        raise PermissionDenied
    return units


def _subject_or_404(slug: str, unit, user):
    try:
        return subject_of(slug, unit=unit, user=user)
    except KeyError as unknown:
        raise Http404("Không có mẫu nhập này.") from unknown


@requires(Permission.LOG_VIEW)
@require_safe
def export(request, format, kind=None):
    """The log as it is filtered now, as a file; too long a one is to be narrowed down."""
    chosen = _kind_or_404(kind) if kind else None
    entries, chosen = taking_away.filtered(request.GET, request.user, chosen)
    count = entries.order_by()[: MOST_ROWS + 1].count()
    if count > MOST_ROWS:
        messages.error(request, f"Có hơn {number(MOST_ROWS)} hoạt động: thu hẹp điều kiện lọc rồi tải lại.")
        back = reverse("activities:list_kind", args=[kind]) if kind else reverse("activities:list")
        return redirect(f"{back}?{request.GET.urlencode()}")
    if format == "xlsx" and count > taking_away.AT_ONCE:
        return _made_later(request, chosen, count)
    table = LogTable(entries, chosen)
    name = f"so-theo-doi{'-' + chosen.slug if chosen else ''}-{timezone.localdate():%Y-%m-%d}.{format}"
    if format == "csv":
        response = StreamingHttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return workbook_answer(as_xlsx(table), name)


def _made_later(request, chosen, count: int):
    """A worker makes a long workbook; its page shows how far it is."""
    made = taking_away.ask_for(
        query=request.GET.urlencode(),
        activity_kind=chosen.slug if chosen else "",
        row_count=count,
        by=request.user,
    )
    return redirect(made)


def _kind_or_404(slug):
    try:
        return kind_named(slug)
    except KeyError as unknown:
        raise Http404("Không có loại hoạt động này.") from unknown
