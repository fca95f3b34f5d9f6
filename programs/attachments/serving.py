"""Files to those who may see the activity: under a quiet policy, as attachments where they are not ours."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from programs.attachments import storage

# Nothing in a file may run, load or be framed, whatever a browser makes of it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def send(request, sha256: str, *, content_type: str, name: str, download: bool):
    """The response with a file, or a page that says that it is gone."""
    try:
        response = _through_nginx(sha256) if settings.X_ACCEL_PREFIX else _by_ourselves(request, sha256)
    except FileNotFoundError:
        return render(request, "attachments/missing.html", status=404)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(download, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _through_nginx(sha256: str) -> HttpResponse:
    if not storage.exists(sha256):
        raise FileNotFoundError(sha256)
    return HttpResponse(headers={"X-Accel-Redirect": settings.X_ACCEL_PREFIX + storage.name_of(sha256)})


def _by_ourselves(request, sha256: str) -> FileResponse:
    file = storage.open_file(sha256)
    # These are compressed already; the middleware would compress once more and hide the length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return FileResponse(file)
