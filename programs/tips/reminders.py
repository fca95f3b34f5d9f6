"""What the desk reminds people of (portal/inbox): once a week, that tips near or past their terms wait there.

Neither a tip nor its day: a reminder outlives the tip, and must not say of one that is purged when it came.
The level above is not reminded: it does not see whether a commune has tips (docs/tips.md).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from portal.accounts.choices import LEADER_ROLES, STAFF_ROLES, Side
from portal.accounts.models import Posting
from portal.inbox.sources import Due
from programs.tips.models import Tip

SOON = timedelta(days=2)
NEAR = "Có nguồn tin sắp đến hạn xử lý"
LATE = "Có nguồn tin quá hạn xử lý"


def due(today: date) -> Iterator[Due]:
    """Those who handle tips, of what comes due within two days; those who lead there too, of what is late."""
    open_tips = Tip.objects.roots().open().with_due()
    late = _units(open_tips.filter(due__lt=today))
    near = _units(open_tips.filter(due__range=(today, today + SOON)))
    week = "{}-{:02}".format(*today.isocalendar()[:2])
    yield from _told(late, {*STAFF_ROLES, *LEADER_ROLES}, LATE, f"late:{week}", today)
    yield from _told(near, set(STAFF_ROLES), NEAR, f"near:{week}", today)


def _units(tips) -> set[int]:
    return set(tips.values_list("handling_unit__today_unit", flat=True)) - {None}


def _told(units: set[int], roles: Iterable[str], title: str, stage: str, today: date) -> Iterator[Due]:
    serving = Posting.objects.in_force(today).filter(
        Q(unit__today_unit__in=units), side=Side.POLICE, role__in=roles, user__is_active=True
    )
    for user_id in sorted(set(serving.values_list("user", flat=True))):
        yield Due(user_id, "tips", stage, title, reverse("tip_desk:queue"))
