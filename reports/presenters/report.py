"""A report's page, whole."""

from collections.abc import Mapping

from django.urls import reverse

from portal.access.permissions import Permission
from portal.ui.numbers import number
from reports.actions.versions import has_late_entries
from reports.content import content_of, stale_sections
from reports.diff import LateLine, late_difference, late_lines
from reports.lines import figures_of, telling_lines
from reports.live import live_beside
from reports.models import Report
from reports.presenters import page
from reports.presenters.figures import figure_lines
from reports.presenters.offers import offers
from reports.redaction import takedowns_of
from reports.rights import may, reviews

VOIDS = "Sửa bất kỳ nội dung nào sau khi xác nhận sẽ hủy các xác nhận."
EVENTS_SHOWN = 6
FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))


def report_page(user, report: Report) -> dict:
    """All that `reports/detail.html` shows. The number of queries does not depend on the activities."""
    content = content_of(report)
    late = _late(user, report)
    notes = page.notes(report, content)
    asked = {note.target for note in notes if note.is_open}
    events = page.event_lines(report.events.select_related("by").order_by("-at", "-pk"))
    editable = report.is_editable and may(user, Permission.REPORT_EDIT, report)
    return {
        "title": page.title(report),
        "unit_name": page.unit_name(report),
        "lead": page.lead(report),
        "steps": page.steps(report),
        "figures": figure_lines(content, asked),
        "live": report.snapshot_id is None,
        "nil": content["nil"],
        "missing": content.get("missing", []),
        "communes": commune_table(content),
        "sections": page.section_lines(report, content, editable=editable, asked=asked),
        "stale": stale_sections(report) if editable else [],
        "beside": beside(user, report, content),
        "open_notes": [note for note in notes if note.is_open],
        "closed_notes": [note for note in notes if not note.is_open],
        "can_answer": editable,
        "late": late,
        "takedowns": takedowns_of(report),
        "sides": page.sides(report),
        "offers": offers(user, report, may_supersede=_may_supersede(report, late)),
        "waiting": page.waiting_words(user, report),
        "hint": VOIDS if report.is_editable else "",
        "downloads": downloads(report) if may(user, Permission.REPORT_EXPORT, report) else [],
        "versions": versions(report),
        "has_diff": bool(notes or report.supersedes_id),
        "asked_words": "Cần sửa" if report.is_editable else "Đã yêu cầu kiểm tra",
        "events": events[:EVENTS_SHOWN],
        "older_events": events[EVENTS_SHOWN:],
    }


def _may_supersede(report: Report, late: list) -> bool:
    """Whether a next version would differ and is not there yet."""
    if not report.figures_stand or hasattr(report, "successor"):
        return False
    return has_late_entries(report) if report.is_province else bool(late)


def _late(user, report: Report) -> list:
    """What moved after the report was bound: for those whose report it is, and those who review it."""
    concerned = may(user, Permission.REPORT_EDIT, report) or reviews(user, report)
    return late_difference(report) if concerned and report.snapshot_id else []


def beside(user, report: Report, content: Mapping) -> list[LateLine]:
    """What the log has of the whole province, where it differs from what its communes' reports add up to."""
    if not report.is_province or not may(user, Permission.REPORT_COMPILE, report):
        return []
    return late_lines(figures_of(content), live_beside(report))


def downloads(report: Report) -> list[dict]:
    return [
        {"label": label, "url": reverse("reports:download", args=[report.pk, name])}
        for name, label in FORMATS
    ]


def versions(report: Report) -> list[dict]:
    """All versions of this report, the newest first; nothing where there is only one."""
    same = Report.objects.of_period(report.period).filter(
        unit=report.unit_id, programme=report.programme_id, report_type=report.report_type_id
    )
    found = list(same.order_by("-version"))
    if len(found) < 2:
        return []
    return [
        {
            "version": each.version,
            "state": each.get_state_display(),
            "url": reverse("reports:detail", args=[each.pk]),
            "current": each.pk == report.pk,
        }
        for each in found
    ]


def commune_table(content: Mapping) -> dict | None:
    """A province's appendix: a row a commune, a column a figure; every number formatted here, once."""
    communes = content.get("communes")
    if not communes:
        return None
    lines = telling_lines(content)
    return {
        "head": [(line["name"], line["measure_unit"]) for line in lines],
        "rows": [
            {
                "name": commune["name"],
                "version": commune["version"],
                "figures": [
                    (line["name"], number(commune["figures"].get(line["indicator"]))) for line in lines
                ],
            }
            for commune in communes
        ],
    }
