"""Files that have gone out: kept byte for byte from the first download on; two copies cannot differ."""

from hashlib import sha256

from django.db import transaction

from reports.exports import is_draft, render_report
from reports.models import IssuedFile, Report, ReportEvent


def file_of(report: Report, format: str, *, by) -> bytes:
    """The report's file in `format`. A draft's is made anew each time, a confirmed one's only once."""
    if is_draft(report):
        return render_report(report, format)
    kept = IssuedFile.objects.filter(snapshot=report.snapshot_id, format=format).first()
    return bytes((kept or _issue(report, format, by)).file)


@transaction.atomic
def _issue(report: Report, format: str, by) -> IssuedFile:
    made = render_report(report, format)
    kept, is_new = IssuedFile.objects.get_or_create(
        snapshot=report.snapshot,
        format=format,
        defaults={"report": report, "file": made, "sha256": sha256(made).hexdigest()},
    )
    if is_new:
        detail = kept.get_format_display()
        ReportEvent.objects.create(report=report, verb=ReportEvent.Verb.ISSUED, by=by, detail=detail)
    return kept
