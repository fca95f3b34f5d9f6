"""Tình hình gửi qua nhiều kỳ: units × periods, a page of units at a time."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from reports.dashboards import matrix
from reports.dashboards.board import Board
from reports.dashboards.choice import PeriodForm
from reports.dashboards.places import place_or_404

UNITS_A_PAGE = 25


@requires(Permission.TOTALS_VIEW)
@require_safe
def sending_matrix(request):
    """The last periods of one kind of report, by a province's communes or the nation's provinces."""
    place, divided = place_or_404(request.user, request.GET.get("tinh"))
    today = timezone.localdate()
    board = Board(place, PeriodForm(request.GET, today=today).period, divided)
    offered = matrix.obligations()
    chosen = next(
        (o for o in offered if str(o.pk) == request.GET.get("loai")), offered[0] if offered else None
    )
    periods = matrix.periods_of(chosen, today) if chosen else []
    page = Paginator(board.units, UNITS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "offered": offered,
        "chosen": chosen,
        "periods": periods,
        "page": page,
        "rows": matrix.rows(board, list(page), chosen, periods, today),
        "dashboard_url": reverse("reports:dashboard") + (f"?tinh={board.code}" if board.code else ""),
    }
    return render(request, "reports/dashboard/matrix.html", context)
