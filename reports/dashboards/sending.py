"""Who has sent what was asked for a period: a province's communes, or how many of each province's."""

from urllib.parse import urlencode

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone

from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.activities.indicators import INDICATORS
from reports.calendar import Period
from reports.dashboards.board import Board
from reports.models import Report, ReportingObligation, State
from reports.presenters import overview
from reports.review import unit_rows
from reports.windows import Window, opened

RECEIVED = (State.ACCEPTED, State.FROZEN)


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
    owed, counted = owing_by_province(window), counts_by_province(window)
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


def owing(window: Window) -> QuerySet:
    """The communes that owe the report: all of the map of its last day, or those that were asked."""
    source = window.obligation.source() or window.obligation
    communes = AdminUnit.objects.communes().on(window.period.end)
    if not source.covers_all:
        communes = communes.filter(pk__in=Report.objects.owed(source, window.period).values("unit"))
    return communes.order_by()


def owing_by_province(window: Window) -> dict[int, int]:
    """{province id: how many communes owe the report}."""
    counted = owing(window).values("today_province").annotate(owing=Count("pk"))
    return dict(counted.values_list("today_province", "owing"))


def that_count(reports: QuerySet) -> QuerySet:
    """Of each unit and period the last version that has left the unit, else the draft (see review.py)."""
    gone_out = Case(When(sent_at__isnull=False, then=1), default=0)
    ordered = reports.order_by("unit_id", "period_start", "period_end", gone_out.desc(), "-version")
    return ordered.distinct("unit_id", "period_start", "period_end")


def counts_by_province(window: Window) -> dict[int, dict[str, int]]:
    """{province id: {"sent", "returned", "received", "late", "overdue": communes}}, in one query."""
    asked = Report.objects.owed(window.obligation, window.period)
    shown = that_count(asked.filter(unit__in=owing(window).values("pk")))
    unsent = Q(state__in=(State.DRAFT, State.AWAITING), due_on__lt=timezone.localdate())
    counted = (
        Report.objects.filter(pk__in=shown.values("pk"))
        .order_by()
        .values("unit__today_province")
        .annotate(
            sent=Count("pk", filter=Q(state=State.SENT)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            received=Count("pk", filter=Q(state__in=RECEIVED)),
            late=Count("pk", filter=Q(first_sent_at__date__gt=F("due_on"))),
            overdue=Count("pk", filter=unsent & Q(first_sent_at__isnull=True)),
        )
    )
    return {row.pop("unit__today_province"): row for row in counted}


def _row(unit: AdminUnit, owed: int, counted: dict[str, int], address) -> dict:
    row = {"name": unit.full_name, "url": address(tinh=unit.code), "owing": number(owed)}
    missing = owed - counted["sent"] - counted["returned"] - counted["received"]
    named = {"missing": missing, **counted}
    return row | {"raw": named, **{name: number(count) for name, count in named.items()}}
