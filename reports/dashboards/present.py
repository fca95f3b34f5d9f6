"""What the dashboard's page shows: texts and pictures, made once, so that the template only places them."""

from itertools import groupby

from django.urls import reverse

from portal.ui.charts import sparkline
from portal.ui.numbers import number, percent_change, signed_change
from portal.ui.pictures import trend
from programs.activities.custom.querysets import is_custom
from reports.dashboards import sending, side_by_side
from reports.dashboards.bases import BASES, Base
from reports.dashboards.board import HEADLINES, Board, Figure


def page(board: Board, slug: str, address, *, by_size: bool, base: Base | None = None) -> dict:
    """The context of the page. `slug`: the indicator of the pictures and of the units' table."""
    chosen = next(each for each in board.indicators if each.slug == slug)
    has_slots = not is_custom(slug)
    figures = board.figures()
    return {
        "board": board,
        "period": board.period,
        "kpis": [_kpi(board, figure, address) for figure in figures if figure.indicator.slug in HEADLINES],
        "groups": _groups(figures, address),
        "chosen": chosen,
        "trend": _trend(board, chosen) if has_slots else "",
        "trend_rows": _trend_rows(board, slug) if has_slots else [],
        "excel_url": reverse("reports:dashboard_excel") + address(),
        **(_units(board, chosen, address, by_size=by_size, base=base) if board.divided else {}),
        **_sending(board, address),
    }


def _units(board: Board, chosen, address, *, by_size: bool, base: Base | None) -> dict:
    """What tells the units apart."""
    return {
        "map": side_by_side.dots(board, chosen.slug, chosen.name),
        "units": side_by_side.table(board, chosen.slug, address, by_size=by_size, base=base),
        "base": base,
        "bases": BASES.values(),
        "sorted_by_size": by_size,
        "sort_url": address(xep="ten" if by_size else "so"),
        "quiet": [unit.full_name for unit in board.quiet],
    }


def _sending(board: Board, address) -> dict:
    """Who has sent: by names to those who review, by numbers to those who read the nation."""
    if board.is_nation:
        return {"sending_by_province": sending.of_nation(board, address)}
    return {"sending": sending.of_province(board)} if board.by_communes else {}


def _kpi(board: Board, figure: Figure, address) -> dict:
    slug = figure.indicator.slug
    name = figure.indicator.name.removeprefix("Trong đó: ")
    name = name[:1].upper() + name[1:]
    return {
        "name": name,
        "current": number(figure.current),
        "change": percent_change(figure.current, figure.same_period),
        "direction": _direction(figure),
        "spark": sparkline(board.series(slug), title=f"{name}, 24 nửa tháng"),
        "url": address(**{"chi-tieu": slug}) + "#xu-huong",
    }


def _groups(figures: list[Figure], address) -> list[dict]:
    return [
        {"name": name, "rows": [_row(figure, address) for figure in of_group]}
        for name, of_group in groupby(figures, key=lambda figure: figure.indicator.group)
    ]


def _row(figure: Figure, address) -> dict:
    return {
        "name": figure.indicator.name,
        "measure_unit": figure.indicator.measure_unit,
        "current": number(figure.current),
        "same_period": number(figure.same_period),
        "change": signed_change(figure.current, figure.same_period),
        "direction": _direction(figure),
        "url": address(**{"chi-tieu": figure.indicator.slug}) + "#don-vi",
    }


def _direction(figure: Figure) -> str:
    """Colour repeats the sign that stands in the text; neither is good or bad by itself."""
    if figure.same_period is None or figure.current == figure.same_period:
        return ""
    return "up" if figure.current > figure.same_period else "down"


def _trend(board: Board, chosen):
    title = f"{chosen.name} theo nửa tháng, năm nay và năm trước"
    before = board.series(chosen.slug, years_back=1)
    return trend(board.series(chosen.slug), before, board.slot_labels(), title=title, breaks=board.breaks())


def _trend_rows(board: Board, slug: str) -> list[dict]:
    now, before = board.series(slug), board.series(slug, years_back=1)
    return [
        {"label": label, "now": number(a), "before": number(b)}
        for label, a, b in zip(board.slot_labels(), now, before, strict=True)
    ]
