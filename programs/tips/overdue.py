"""Tips that wait beyond their terms, by the desk that has them, for the police of the province.

The province oversees the desks and reads none of their tips. What is shown is the closed quarters' rule (see
`counting`): a desk with fewer than K is not shown, zero neither, and there is no total from which one could
be subtracted. This number moves from day to day: so that watching it does not tell single tips, it is said in
steps of K. A tip about an officer waits at the province; it is in no commune's number.
"""

from datetime import date

from django.db.models import Count

from programs.tips.counting import K
from programs.tips.models import Tip


def overdue_by_desk(today: date, province) -> dict[int, tuple[int, int]]:
    """{commune of today: (from, to)} of the desks with K or more; the others are not in it."""
    late = Tip.objects.roots().open().overdue(today).filter(about_officer=False)
    late = late.filter(handling_unit__level="commune", handling_unit__today_province=province).order_by()
    desks = late.values_list("handling_unit__today_unit").annotate(Count("pk"))
    return {unit: step_of(tips) for unit, tips in desks if tips >= K}


def step_of(tips: int) -> tuple[int, int]:
    """The step of K in which a number lies: 7 is in (5, 9)."""
    first = tips // K * K
    return first, first + K - 1
