"""The page of a workbook that is being made, and the file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.files.handing_out import XLSX
from portal.jobs import actions as jobs
from programs.sheets.models import LogExport

RELOAD_EVERY_S = 2


@requires(Permission.LOG_VIEW)
@require_safe
def export_page(request):
    """How far the own workbook is; the way to the file once it is done."""
    found = _own(request)
    job = found and found.job
    response = render(request, "sheets/export.html", {"export": found, "job": job})
    if job and not job.is_over and not found.dropped_at:
        response.headers["Refresh"] = str(RELOAD_EVERY_S)
    return response


@requires(Permission.LOG_VIEW)
@require_safe
def export_file(request):
    """The workbook, to whoever asked for it; to the page where there is none."""
    found = _own(request)
    if not found or found.content is None:
        return redirect("sheets:export_page")
    response = HttpResponse(bytes(found.content), content_type=XLSX)
    name = f"so-theo-doi-{timezone.localtime(found.created_at):%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # It is a ZIP already: to pack it once more would only cost time.
    response.headers["Content-Encoding"] = "identity"
    return response


@requires(Permission.LOG_VIEW)
@require_POST
def export_retry(request):
    """Begin again what failed."""
    found = _own(request)
    job = found and found.job
    if not job:
        return redirect("sheets:export_page")
    jobs.retry(job=job, by=request.user)
    return redirect(found)


def _own(request) -> LogExport | None:
    """The workbook that the address names, or the latest, of those that the person asked for."""
    own, asked = LogExport.objects.filter(created_by=request.user), request.GET.get("so", "")
    return own.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else own.first()
