"""Who has sent what was asked for a period: a province's communes, or how many of each province's."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.activities.indicators import INDICATORS
from reports import obligations
from reports.calendar import Period
from reports.dashboards.board import Board
from reports.models import Report, ReportingObligation, State
from reports.presenters import overview
from reports.review import unit_rows
from reports.windows import Window, opened

RECEIVED = (State.ACCEPTED, State.FROZEN)
COUNTS = ("sent", "returned", "received", "late", "overdue")


def of_province(board: Board) -> dict | None:
    """How many communes are how far with the report of this very period, where one was opened."""
    window = next((each for each in opened(board.place) if each.period == board.period), None)
    if window is None:
        return None
    rows = unit_rows(window, board.place, INDICATORS[0].slug)
    address = f"{reverse('reports:overview')}?{urlencode({'ky': window.key, 'tinh': board.code})}"
    counts = overview.counts(rows, lambda status: f"{address}&tinh-hinh={status}")
    return {"label": window.label, "counts": counts, "url": address, "whole": len(rows)}


def of_nation(board: Board, address) -> dict | None:
    """How many communes owe the report and how far they are, a row for each province that asked for it."""
    window = window_of(board.period)
    if window is None:
        return None
    owing = obligations.owing_communes(window.obligation, window.period, None).order_by()
    owed = dict(owing.values("today_province").annotate(n=Count("pk")).values_list("today_province", "n"))
    asked = Report.objects.owed(window.obligation, window.period).filter(unit__in=owing.values("pk"))
    by_period = counts_by_province(asked, timezone.localdate())
    counted = {province: counts for (province, _), counts in by_period.items()}
    opened_in = [unit for unit in board.units if unit.pk in counted]
    return {
        "label": window.label,
        "rows": [_row(unit, owed.get(unit.pk, 0), counted[unit.pk], address) for unit in opened_in],
        "unopened": [unit.full_name for unit in board.units if unit.pk not in counted],
        "opened": len(opened_in),
        "whole": len(board.units),
    }


def window_of(period: Period) -> Window | None:
    """What most communes of the nation were asked for that period."""
    asked = Report.objects.filter(report_type__level="commune").of_period(period)
    most = asked.values("programme", "report_type").annotate(asked=Count("pk")).order_by("-asked").first()
    if most is None:
        return None
    obligation = ReportingObligation.objects.of_communes().filter(
        programme=most["programme"], report_type=most["report_type"], calendar=period.calendar
    )
    found = obligation.select_related("programme", "report_type").first()
    return Window(found, period) if found else None


def counts_by_province(reports: QuerySet, today: date) -> dict[tuple[int, date], dict[str, int]]:
    """{(province id, last day of the period): {"asked", one of COUNTS: communes}}, in one query.

    `reports`: all versions of the communes' reports of one type and programme.
    """
    unsent = Q(state__in=(State.DRAFT, State.AWAITING), due_on__lt=today, first_sent_at__isnull=True)
    counted = (
        Report.objects.filter(pk__in=reports.that_count().values("pk"))
        .order_by()
        .values("unit__today_province", "period_end")
        .annotate(
            asked=Count("pk"),
            sent=Count("pk", filter=Q(state=State.SENT)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            received=Count("pk", filter=Q(state__in=RECEIVED)),
            late=Count("pk", filter=Q(first_sent_at__date__gt=F("due_on"))),
            overdue=Count("pk", filter=unsent),
        )
    )
    return {(row["unit__today_province"], row["period_end"]): row for row in counted}


def gone_out(counts: dict[str, int]) -> int:
    """How many have left their commune, wherever they are by now."""
    return counts["sent"] + counts["returned"] + counts["received"]


def _row(unit: AdminUnit, owed: int, counted: dict[str, int], address) -> dict:
    row = {"name": unit.full_name, "url": address(tinh=unit.code), "owing": number(owed)}
    named = {"missing": owed - gone_out(counted), **{name: counted[name] for name in COUNTS}}
    return row | {"raw": named, **{name: number(count) for name, count in named.items()}}
