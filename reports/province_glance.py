"""What the first page says to those above the communes: a province's window, and the nation's totals."""

import json

from django.urls import reverse

from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.activities.indicators import INDICATORS
from reports.lines import plain
from reports.models import Report, State
from reports.presenters.overview import Status, counts
from reports.review import unit_rows
from reports.windows import opened

MISSING_SHOWN = 12


def province_glances(user) -> list[dict]:
    """For each province that `user` reviews: its latest window, who has not sent, where to go on."""
    scope = scope_of(user, Permission.REPORT_REVIEW)
    return [_glance(province) for province in AdminUnit.objects.filter(pk__in=scope.provinces)]


def _glance(province: AdminUnit) -> dict:
    windows = opened(province)
    if not windows:
        return {"heading": province.full_name, "counts": []}
    latest = windows[0]
    overview = f"{reverse('reports:overview')}?ky={latest.key}"
    rows = unit_rows(latest, province, INDICATORS[0].slug)
    missing = [row.name for row in rows if row.status is Status.MISSING]
    return {
        "heading": f"{province.full_name}: {latest.label}",
        "counts": counts(rows, lambda slug: f"{overview}&tinh-hinh={slug}"),
        "missing": missing[:MISSING_SHOWN],
        "more_missing": max(len(missing) - MISSING_SHOWN, 0),
        "url": overview,
    }


def province_totals(user) -> dict | None:
    """For the national reader: the provinces' frozen reports of the latest period, added up."""
    scope = scope_of(user, Permission.REPORT_VIEW)
    if not scope.nation or not has(user, Permission.REPORT_VIEW):
        return None
    frozen = Report.objects.visible_to(user, Permission.REPORT_VIEW).filter(
        report_type__level="province", state=State.FROZEN
    )
    last = frozen.order_by("-period_end", "-period_start", "report_type").first()
    if last is None:
        return {"heading": "Chưa có báo cáo cấp tỉnh nào được chốt", "lines": [], "reports": []}
    same = frozen.of_period(last.period).filter(programme=last.programme_id, report_type=last.report_type_id)
    same = same.latest_received()
    return _totals(
        last, list(same.select_related("unit", "snapshot").defer("snapshot__trace").in_unit_order())
    )


def _totals(last: Report, reports: list[Report]) -> dict:
    sums: dict[str, dict] = {}
    for report in reports:
        for line in json.loads(bytes(report.snapshot.content))["lines"]:
            kept = sums.setdefault(line["indicator"], {**line, "current": 0})
            kept["current"] = plain(kept["current"] + (line["current"] or 0))
    provinces = AdminUnit.objects.today().provinces().count()
    return {
        "heading": f"Cả nước, {last.period.label}: {len(reports)}/{provinces} tỉnh, thành phố đã chốt",
        "lines": [
            {"name": line["name"], "measure_unit": line["measure_unit"], "current": number(line["current"])}
            for line in sums.values()
        ],
        "reports": [
            {"name": report.unit.full_name, "url": reverse("reports:detail", args=[report.pk])}
            for report in reports
        ],
    }
