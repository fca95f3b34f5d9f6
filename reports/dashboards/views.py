"""Bảng điều hành: the nation or a province at a glance, with a table beside every picture."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from programs.activities.indicators import INDICATORS
from reports.dashboards import present
from reports.dashboards.bases import BASES, Base
from reports.dashboards.blocks import blocks_of
from reports.dashboards.blocks.shape import Block, Scene
from reports.dashboards.board import Board
from reports.dashboards.choice import PeriodForm
from reports.dashboards.places import place_or_404, reads_nation
from reports.dashboards.standouts import Standout, standouts
from reports.dashboards.workbook import taken_away, workbook

CHOICES = ("lich", "ky", "tu", "den", "chi-tieu", "xep", "tinh-theo")


@requires(Permission.TOTALS_VIEW)
@require_safe
def dashboard(request):
    """Headlines, who has sent, the trend, the map, every indicator, the units side by side."""
    board, form = _asked(request)
    slug = _slug(request, board)
    address = _address(request, board)
    by_size, base = request.GET.get("xep") == "so", _base(request)
    context = present.page(board, slug, address, by_size=by_size, base=base)
    context |= {
        "blocks": _blocks(request, board),
        "standouts": _standouts(board),
        "nation_url": _nation_url(request) if board.place else "",
        "kept": _kept(request, board),
        "printing": timezone.localtime() if request.GET.get("in") == "1" else None,
        "print_url": address(**{"in": "1"}),
        "screen_url": address(),
    }
    return render(request, "reports/dashboard/page.html", {"form": form, **context})


@requires(Permission.TOTALS_VIEW)
@require_safe
def dashboard_excel(request):
    """Every indicator of every unit as a workbook."""
    board, _form = _asked(request)
    book = workbook(board, _blocks(request, board), _base(request))
    return taken_away(book, board.code or "ca-nuoc", board.period)


def _asked(request) -> tuple[Board, PeriodForm]:
    place, divided = place_or_404(request.user, request.GET.get("tinh"))
    form = PeriodForm(request.GET, today=timezone.localdate())
    return Board(place, form.period, divided), form


def _blocks(request, board: Board) -> list[Block]:
    """What other rooms say of a province, to those who review it: their tables are by commune."""
    if not board.by_communes:
        return []
    return blocks_of(Scene(board.place, board.period, request.user, timezone.localdate()))


def _standouts(board: Board) -> list[Standout]:
    """They name communes: for those who review the province."""
    return standouts(board, timezone.localdate()) if board.by_communes else []


def _base(request) -> Base | None:
    return BASES.get(request.GET.get("tinh-theo", ""))


def _slug(request, board: Board) -> str:
    asked = request.GET.get("chi-tieu", "")
    return asked if any(asked == each.slug for each in board.indicators) else INDICATORS[0].slug


def _chosen(request) -> dict[str, str]:
    """The choices in the address but that of the place."""
    return {key: request.GET[key] for key in CHOICES if key in request.GET}


def _kept(request, board: Board) -> dict[str, str]:
    """The choices in the address, as they are handed on."""
    return _chosen(request) | ({"tinh": board.code} if board.place else {})


def _address(request, board: Board):
    """`address(**changes)`: this page with some of its choices changed."""
    kept = _kept(request, board)

    def address(**changes) -> str:
        return "?" + urlencode(kept | changes)

    return address


def _nation_url(request) -> str:
    """The same period of the whole nation, for those who read it."""
    return "?" + urlencode(_chosen(request)) if reads_nation(request.user) else ""
