"""What the dashboard's page shows: texts and pictures, made once, so that the template only places them."""

from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from portal.ui.charts import sparkline
from portal.ui.numbers import number, percent_change, signed_change
from portal.ui.pictures import Dot, dot_map, trend
from portal.units.models import in_sentence
from programs.activities.custom.querysets import is_custom
from programs.activities.indicators import INDICATORS
from reports.dashboards.board import HEADLINES, Board, Figure
from reports.presenters import overview
from reports.review import unit_rows
from reports.windows import opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(board: Board, slug: str, address, *, by_size: bool) -> dict:
    """The context of the page. `slug`: the indicator of the pictures and of the communes' table."""
    chosen = next(each for each in board.indicators if each.slug == slug)
    has_slots = not is_custom(slug)
    figures = board.figures()
    return {
        "province": board.province,
        "period": board.period,
        "kpis": [_kpi(board, figure, address) for figure in figures if figure.indicator.slug in HEADLINES],
        "groups": _groups(figures, address),
        "chosen": chosen,
        "trend": _trend(board, chosen) if has_slots else "",
        "trend_rows": _trend_rows(board, slug) if has_slots else [],
        "map": _map(board, slug, chosen),
        "communes": _communes(board, slug, by_size=by_size),
        "sorted_by_size": by_size,
        "sort_url": address(xep="ten" if by_size else "so"),
        "excel_url": reverse("reports:dashboard_excel") + address(),
        "sending": _sending(board),
        "quiet": _quiet(board),
    }


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


def _map(board: Board, slug: str, chosen):
    dots = [
        Dot(
            unit.full_name,
            float(unit.longitude),
            float(unit.latitude),
            float(_of(board.by_commune, unit, slug)),
        )
        for unit in board.communes
        if unit.longitude is not None and unit.latitude is not None
    ]
    return dot_map(dots, title=f"{chosen.name} theo xã, phường, đặc khu")


def _communes(board: Board, slug: str, *, by_size: bool) -> list[dict]:
    compared = bool(board.by_commune_before)
    rows = [
        (unit, _of(board.by_commune, unit, slug), _of(board.by_commune_before, unit, slug))
        for unit in board.communes
    ]
    if by_size:
        rows.sort(key=lambda row: -row[1])
    return [
        {
            "name": unit.full_name,
            "current": number(now),
            "same_period": number(before if compared else None),
            "change": signed_change(now, before if compared else None),
            "url": _log_of(unit, board),
        }
        for unit, now, before in rows
    ]


def _log_of(unit, board: Board) -> str:
    """The commune's activities of the period in the log."""
    query = {
        "unit": f"{unit.full_name}, {in_sentence(board.province.full_name)}",
        "since": f"{board.period.start:%d/%m/%Y}",
        "until": f"{board.period.end:%d/%m/%Y}",
    }
    return f"{reverse('activities:list')}?{urlencode(query)}"


def _sending(board: Board) -> dict | None:
    """Who has sent the report of this very period, where one was opened."""
    window = next((each for each in opened(board.province) if each.period == board.period), None)
    if window is None:
        return None
    rows = unit_rows(window, board.province, INDICATORS[0].slug)
    address = f"{reverse('reports:overview')}?{urlencode({'ky': window.key, 'tinh': board.province.code})}"
    counts = overview.counts(rows, lambda status: f"{address}&tinh-hinh={status}")
    return {"label": window.label, "counts": counts, "url": address, "whole": len(rows)}


def _quiet(board: Board) -> list[str]:
    """Communes in which nothing at all was counted in the period."""
    return [unit.full_name for unit in board.communes if board.is_quiet(unit)]


def _of(table: dict, unit, slug: str) -> int:
    return table.get(unit.pk, {}).get(slug, 0)
