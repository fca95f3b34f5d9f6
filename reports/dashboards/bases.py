"""Units beside one another by what they have: per 100 km², per 1.000 households, per 10.000 people.

Area is the commune's own (a province's is the sum of its communes'). Households and people are the sum over
the residential areas there were on the period's last day, each by its latest figure until then. A unit of
which one part is not known has no base: its rate is unknown, never zero.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from portal.units.models import AdminUnit, ResidentialArea, ResidentialAreaSize
from reports.dashboards.board import Board

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Base:
    """slug: in addresses; words: at the head of the column; per: how many of `column` make one."""

    slug: str
    words: str
    per: int
    column: str
    size_words: str


AREA = Base("dien-tich", "Trên 100 km²", 100, "area_km2", "Diện tích (km²)")
HOUSEHOLDS = Base("ho", "Trên 1.000 hộ", 1_000, "households", "Số hộ")
PEOPLE = Base("nguoi", "Trên 10.000 người", 10_000, "people", "Số nhân khẩu")
BASES = {base.slug: base for base in (AREA, HOUSEHOLDS, PEOPLE)}


def sizes(board: Board, base: Base) -> dict[int, Decimal | int]:
    """{unit id: its area, households or people}; a unit whose size is not known is left out."""
    communes = _areas(board) if base is AREA else _counted(board, base.column)
    return communes if board.by_communes else _of_provinces(board, communes)


def rate(figure, size, base: Base) -> Decimal | None:
    """The figure on one measure of the base, two decimals; None where the base is not known."""
    return (Decimal(figure) * base.per / size).quantize(HUNDREDTH) if size else None


def whole(board: Board, known: dict) -> Decimal | int | None:
    """The size of the whole place; None as soon as one of its units is not known."""
    return sum(known.values()) if all(unit.pk in known for unit in board.units) else None


def _communes(board: Board):
    """Today's communes of the place."""
    today = AdminUnit.objects.today().communes().order_by()
    return today.under(board.place) if board.place else today


def _areas(board: Board) -> dict[int, Decimal]:
    return dict(_communes(board).filter(area_km2__gt=0).values_list("pk", "area_km2"))


def _counted(board: Board, column: str) -> dict[int, int]:
    """{commune id: sum over its residential areas}, of those communes that know it of all their areas."""
    day = board.period.end
    until = ResidentialAreaSize.objects.filter(area=OuterRef("pk"), as_of__lte=day)
    latest = until.filter(**{f"{column}__isnull": False}).order_by("-as_of").values(column)[:1]
    areas = ResidentialArea.objects.on(day).order_by()
    areas = areas.filter(unit__today_province=board.place) if board.place else areas
    summed = (
        areas.annotate(size=Subquery(latest))
        .values("unit__today_unit")
        .annotate(whole=Sum("size"), unknown=Count("pk", filter=Q(size=None)))
        .filter(unknown=0, whole__gt=0)
    )
    return dict(summed.values_list("unit__today_unit", "whole"))


def _of_provinces(board: Board, communes: dict) -> dict:
    """Provinces by the sums of their communes; one that is not known leaves its province unknown."""
    sums: dict[int, Decimal | int] = {}
    unknown = set()
    for pk, province in _communes(board).values_list("pk", "today_province"):
        if pk in communes:
            sums[province] = sums.get(province, 0) + communes[pk]
        else:
            unknown.add(province)
    return {province: size for province, size in sums.items() if province not in unknown}
