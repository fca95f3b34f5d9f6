"""Which units must not get a tip: those whose own officers it is about, under whatever name they have today.

A tip and what was merged into it move together, so whom one of them is about keeps its unit from all of them.
"""

from django.db.models import Q
from django.db.models.functions import Coalesce

from programs.tips.errors import TipError
from programs.tips.models import Tip, TipConflict

CONCERNED = (
    "Nguồn tin, hoặc nguồn tin đã gộp vào, liên quan đến cán bộ của đơn vị này: không chuyển về đơn vị này."
)
ONE_IS_ABOUT = (
    "Một nguồn tin liên quan đến cán bộ Công an, nguồn tin kia thì không: không gộp được, "
    "vì đơn vị của cán bộ đó có thể xem được sau khi chuyển."
)
TWO_UNITS = "Hai nguồn tin liên quan đến cán bộ của hai đơn vị khác nhau: không gộp được."


def today(path: str) -> Coalesce:
    """The id of what a unit is today."""
    return Coalesce(f"{path}__today_unit", path)


def concerned(tip: Tip) -> frozenset[int]:
    """Ids of today's units that must not see the tip."""
    group = Q(pk=tip.pk) | Q(merged_into=tip.pk)
    about = Tip.objects.filter(group, about_officer=True).values_list(today("unit"))
    said = TipConflict.objects.filter(tip__in=Tip.objects.filter(group)).values_list(today("unit"))
    return frozenset(pk for (pk,) in about.union(said))


def refuse_concerned(tip: Tip, unit) -> None:
    """Raises TipError if the tip, or what was merged into it, is about an officer of `unit`."""
    if (unit.today_unit_id or unit.pk) in concerned(tip):
        raise TipError(CONCERNED)


def refuse_unlike(tip: Tip, into: Tip) -> None:
    """Only tips about nobody's officers, or all about those of one unit, may be merged. Raises TipError."""
    group = Q(pk__in=[tip.pk, into.pk]) | Q(merged_into=tip.pk)
    marks = set(Tip.objects.filter(group).values_list("about_officer", today("unit")))
    if len({is_about for is_about, _ in marks}) > 1:
        raise TipError(ONE_IS_ABOUT)
    if into.about_officer and len(marks) > 1:
        raise TipError(TWO_UNITS)
