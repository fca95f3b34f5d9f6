"""Bảng điều hành: a province at a glance, with a table beside every picture."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from programs.activities.indicators import INDICATORS
from reports.dashboards import present
from reports.dashboards.blocks import blocks_of
from reports.dashboards.blocks.shape import Scene
from reports.dashboards.board import Board
from reports.dashboards.choice import PeriodForm
from reports.dashboards.workbook import workbook
from reports.views.province import province_or_404


@requires(Permission.REPORT_REVIEW)
@require_safe
def dashboard(request):
    """Headlines, who has sent, the trend, the map, every indicator, the communes side by side."""
    board, form = _asked(request)
    slug = _slug(request, board)
    address = _address(request, board)
    context = present.page(board, slug, address, by_size=request.GET.get("xep") == "so")
    context["blocks"] = blocks_of(_scene(request, board))
    return render(request, "reports/dashboard/page.html", {"form": form, **context})


@requires(Permission.REPORT_REVIEW)
@require_safe
def dashboard_excel(request):
    """Every indicator of every commune as a workbook."""
    board, _form = _asked(request)
    response = HttpResponse(workbook(board, blocks_of(_scene(request, board))), content_type=present.XLSX)
    name = f"bang-dieu-hanh-{board.province.code}-{board.period.end:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request) -> tuple[Board, PeriodForm]:
    province = province_or_404(request.user, Permission.REPORT_REVIEW, request.GET.get("tinh"))
    form = PeriodForm(request.GET, today=timezone.localdate())
    return Board(province, form.period), form


def _scene(request, board: Board) -> Scene:
    return Scene(board.province, board.period, request.user, timezone.localdate())


def _slug(request, board: Board) -> str:
    asked = request.GET.get("chi-tieu", "")
    return asked if any(asked == each.slug for each in board.indicators) else INDICATORS[0].slug


def _address(request, board: Board):
    """`address(**changes)`: this page with some of its choices changed."""
    kept = {
        key: request.GET[key] for key in ("lich", "ky", "tu", "den", "chi-tieu", "xep") if key in request.GET
    }
    kept["tinh"] = board.province.code

    def address(**changes) -> str:
        return "?" + urlencode(kept | changes)

    return address
