"""Figures of the time before the portal: what a commune counted per period, so that Cùng kỳ is not empty.

They are no part of the log: no tally holds them, nothing is added to them by entering activities. `known`
answers for half months in which the unit's log had not begun; see docs/adr/0011.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.access.scoping import ScopedQuerySet
from portal.units.columns import NfcField
from programs.activities.firm import append_only
from programs.activities.models import LogEvent
from programs.coordination.models import CoordinationProgram


class Qualifier(models.TextChoices):
    """How a source words a figure that it does not know exactly: "hơn 200 buổi"."""

    MORE_THAN = "more_than", "Hơn"
    NEARLY = "nearly", "Gần"
    ABOUT = "about", "Khoảng"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    level=pghistory.Statement,
    base_model=LogEvent,
    model_name="OpeningFigureEvent",
    meta={"triggers": append_only(), "verbose_name": "lịch sử số liệu ban đầu"},
)
class OpeningFigure(models.Model):
    """What one unit had of one indicator over whole half months first_slot..last_slot, and who says so."""

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="+", verbose_name="chương trình phối hợp"
    )
    first_slot = models.IntegerField("từ nửa tháng")
    last_slot = models.IntegerField("đến nửa tháng")
    indicator = models.CharField("chỉ tiêu", max_length=40)
    amount = models.DecimalField("số liệu", max_digits=18, decimal_places=3)
    qualifier = models.CharField("mức độ", max_length=10, choices=Qualifier, blank=True, default="")
    source = NfcField("nguồn", max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    entered_at = models.DateTimeField("nhập lúc", default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu ban đầu"
        verbose_name_plural = "số liệu ban đầu"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "programme", "indicator", "first_slot", "last_slot"],
                name="opening_figure_once",
            ),
            models.CheckConstraint(name="opening_in_order", condition=Q(last_slot__gte=F("first_slot"))),
            models.CheckConstraint(name="opening_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="opening_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="opening_qualifier_known", condition=Q(qualifier__in=["", *Qualifier.values])
            ),
        ]

    def __str__(self):
        return f"{self.unit_id}: {self.indicator} {self.first_slot}-{self.last_slot}"


@dataclass(frozen=True)
class Opening:
    """One figure of the time before: the amount, and how its sources word it."""

    amount: int | Decimal
    qualifiers: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """ "số liệu ban đầu", "số liệu ban đầu (hơn)"."""
        worded = ", ".join(str(Qualifier(one).label).lower() for one in self.qualifiers)
        return f"số liệu ban đầu ({worded})" if worded else "số liệu ban đầu"


def known(*, units, programmes, first_slot: int, last_slot: int) -> dict[str, Opening]:
    """{indicator: figure} of those that cover exactly these half months, each of them once.

    A quarter may be one figure or its three months; one that sticks out, or leaves a gap, gives nothing.
    """
    if last_slot < first_slot:
        return {}
    inside = OpeningFigure.objects.filter(
        unit__in=list(units),
        programme__in=list(programmes),
        first_slot__gte=first_slot,
        last_slot__lte=last_slot,
    )
    by_place: dict[str, dict[int, list]] = defaultdict(lambda: defaultdict(list))
    for figure in inside:
        by_place[figure.indicator][figure.unit_id].append(figure)
    found = {}
    for indicator, places in by_place.items():
        tiles = [_tiling(figures, first_slot, last_slot) for figures in places.values()]
        if None not in tiles:
            found[indicator] = _added([figure for tiling in tiles for figure in tiling])
    return found


def _tiling(figures: list[OpeningFigure], first: int, last: int) -> list[OpeningFigure] | None:
    """Figures that lie end to end from first to last, the longest first; None if there are none."""
    begin: dict[int, list[OpeningFigure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda f: -f.last_slot):
        begin[figure.first_slot].append(figure)
    best: dict[int, list | None] = {last + 1: []}
    for slot in range(last, first - 1, -1):
        rests = ((figure, best[figure.last_slot + 1]) for figure in begin[slot])
        best[slot] = next(([figure, *rest] for figure, rest in rests if rest is not None), None)
    return best[first]


def _added(figures: list[OpeningFigure]) -> Opening:
    amount = sum((figure.amount for figure in figures), Decimal(0))
    whole = amount == amount.to_integral_value()
    worded = dict.fromkeys(figure.qualifier for figure in figures if figure.qualifier)
    return Opening(int(amount) if whole else amount.normalize(), tuple(worded))
