"""Questions about drafts, by name."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.accounts.models import Posting

KEPT_DAYS = 30


class DraftQuerySet(models.QuerySet):
    """`open_to` is the only way from a person to drafts."""

    def open_to(self, user):
        """The own drafts of the communes and sides one writes for, and those left behind there.

        Left behind: whoever began it does not write for that commune and side any more.
        """
        here = _places_of(user)
        if not here:
            return self.none()
        return self.fresh().filter(here).filter(Q(owner=user) | ~Exists(_still_there()))

    def fresh(self):
        """Those that the next purge leaves."""
        return self.filter(saved_at__gte=timezone.now() - timedelta(days=KEPT_DAYS))

    def stale(self):
        return self.filter(saved_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))

    def of_kind(self, slug: str):
        return self.filter(kind=slug)

    def latest_first(self):
        return self.order_by("-saved_at", "-pk")


def _places_of(user) -> Q:
    """The communes of today and the sides for which a person writes the log; an empty Q for none."""
    communes, here = scope_of(user, Permission.LOG_WRITE).communes, Q()
    for posting in user.postings_in_force() if communes else ():
        commune = posting.unit_id and (posting.unit.today_unit_id or posting.unit_id)
        if commune in communes and posting.side:
            here |= Q(unit__today_unit=commune, side=posting.side)
    return here


def _still_there():
    """Of an outer draft: its owner's postings at that commune and side that hold today."""
    return Posting.objects.in_force().filter(
        user=OuterRef("owner"),
        user__is_active=True,
        side=OuterRef("side"),
        unit__today_unit=OuterRef("unit__today_unit"),
    )
