"""The units of a dashboard beside one another: their table and the map."""

from urllib.parse import urlencode

from django.urls import reverse

from portal.ui.numbers import number, signed_change
from portal.ui.pictures import Dot, dot_map
from portal.units.models import in_sentence
from reports.dashboards.bases import Base, rate, sizes, whole
from reports.dashboards.board import Board


def table(board: Board, slug: str, address, *, by_size: bool, base: Base | None = None) -> dict:
    """A row a unit, with what its name leads to: a province's page, a commune's activities.

    In administrative order unless asked to rank `by_size`: by the rate where there is a `base`.
    """
    known = sizes(board, base) if base else {}
    compared = bool(board.by_unit_before)
    rows = [(unit, board.figure_of(unit, slug), board.figure_before(unit, slug)) for unit in board.units]
    rates = {unit.pk: rate(now, known.get(unit.pk), base) for unit, now, _ in rows} if base else {}
    if by_size:
        rows.sort(key=lambda row: _rank(rates[row[0].pk] if base else row[1]))
    return {
        "rows": [
            {
                "name": unit.full_name,
                "url": address(tinh=unit.code) if board.is_nation else _log_of(unit, board),
                "rate": number(rates.get(unit.pk)),
                **_shown(now, before if compared else None),
            }
            for unit, now, before in rows
        ],
        "total": _total(board, rows, known, base, compared=compared),
        "unknown": sum(figure is None for figure in rates.values()),
    }


def _rank(figure) -> tuple:
    """The largest first, what is not known last."""
    return (figure is None, -(figure or 0))


def _shown(now, before) -> dict:
    return {"current": number(now), "same_period": number(before), "change": signed_change(now, before)}


def _total(board: Board, rows: list, known: dict, base: Base | None, *, compared: bool) -> dict:
    now, before = (sum(row[place] for row in rows) for place in (1, 2))
    of_all = rate(now, whole(board, known), base) if base else None
    return {**_shown(now, before if compared else None), "rate": number(of_all)}


def dots(board: Board, slug: str, name: str):
    """Every unit where it lies, as large as its figure."""
    places = [
        Dot(unit.full_name, float(unit.longitude), float(unit.latitude), float(board.figure_of(unit, slug)))
        for unit in board.units
        if unit.longitude is not None and unit.latitude is not None
    ]
    return dot_map(places, title=f"{name} theo {board.unit_words}", height=460 if board.is_nation else 300)


def _log_of(unit, board: Board) -> str:
    """The commune's activities of the period in the log."""
    query = {
        "unit": f"{unit.full_name}, {in_sentence(board.place.full_name)}",
        "since": f"{board.period.start:%d/%m/%Y}",
        "until": f"{board.period.end:%d/%m/%Y}",
    }
    return f"{reverse('activities:list')}?{urlencode(query)}"
