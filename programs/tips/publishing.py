"""The counts of a quarter that is over are worked out once, and are the same for every look afterwards.

A tip that is sorted anew, merged, linked or deleted later would move a live count by one; whoever compares
two looks would learn of it.
"""

from collections import Counter

from django.db import IntegrityError, transaction
from django.db.models import Sum

from programs.tips.counting import K, Quarter, closed_quarters, counted
from programs.tips.models import PublishedCount, PublishedQuarter
from programs.tips.shield import today


def published(quarter: Quarter, units) -> Counter:
    """{(unit id, category): tips} of a closed quarter for today's `units`, as it was when it came out."""
    publish(quarter)
    rows = PublishedCount.objects.filter(**_key(quarter)).annotate(place=today("unit"))
    cells = rows.filter(place__in=units.values("pk")).values_list("place", "category").order_by()
    return Counter({(unit, category): tips for unit, category, tips in cells.annotate(Sum("tips"))})


def publish(quarter: Quarter) -> bool:
    """Work out the counts of a quarter unless that was done; whether this call did it."""
    if PublishedQuarter.objects.filter(**_key(quarter)).exists():
        return False
    try:
        _write(quarter, counted(quarter))
    except IntegrityError:  # somebody else was quicker: theirs stands, and nothing of this is kept
        return False
    return True


def publish_closed(on) -> int:
    """All quarters that may be read on a day; how many were new."""
    return sum(publish(quarter) for quarter in closed_quarters(on))


@transaction.atomic
def _write(quarter: Quarter, cells: Counter) -> None:
    PublishedCount.objects.bulk_create(
        PublishedCount(**_key(quarter), unit_id=unit, category=category, tips=tips)
        for (unit, category), tips in sorted(cells.items())
        if tips >= K
    )
    PublishedQuarter.objects.create(**_key(quarter))


def _key(quarter: Quarter) -> dict[str, int]:
    return {"year": quarter.year, "number": quarter.number}
