"""The report as a file: the same figures as the page, in the form of the decree."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.units.text import fold
from reports.exports import CONTENT_TYPES, is_draft, render_report
from reports.models import Report
from reports.presenters.page import title
from reports.rights import own_or_404


@requires(Permission.REPORT_EXPORT)
@require_safe
def download(request, pk, format):
    """The file in `format` (pdf, docx, xlsx), named in Vietnamese."""
    report = own_or_404(request.user, Permission.REPORT_EXPORT, pk)
    if format not in CONTENT_TYPES:
        raise Http404
    response = HttpResponse(render_report(report, format), content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = disposition(file_name(report, format))
    return response


def file_name(report: Report, format: str) -> str:
    """ "Báo cáo tháng 11-2026, Phường Thành Sen (dự thảo).pdf"; nothing that a file system refuses."""
    draft = " (dự thảo)" if is_draft(report) else ""
    again = f" (bản {report.version})" if report.version > 1 else ""
    return f"{title(report)}, {report.unit.full_name}{again}{draft}.{format}".replace("/", "-")


def disposition(name: str) -> str:
    """RFC 6266: the name in RFC 5987 form, and a plain ASCII one for old browsers."""
    plain = fold(name).replace(" ", "-").encode("ascii", "ignore").decode().replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
