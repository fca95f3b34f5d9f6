"""Whom reports remind: who serves at a unit on a day, for one of the sides that sign."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F

from portal.accounts.choices import LEADER_ROLES, SIGNING_SIDES, STAFF_ROLES
from portal.accounts.models import Delegation, Posting


class Served:
    """Accounts by unit of today, from the postings in force; two queries for the whole country."""

    def __init__(self, today: date):
        self._staff = _by_unit(Posting.objects.in_force(today).filter(role__in=STAFF_ROLES))
        self._leaders = _by_unit(Posting.objects.in_force(today).filter(role__in=LEADER_ROLES))
        self._deputies = _deputies(today)

    def staff(self, unit_id: int, sides: Iterable[str]) -> set[int]:
        """Who works on reports there; where nobody does, those who lead."""
        return _of(self._staff, unit_id, sides) or self.leaders(unit_id, sides)

    def leaders(self, unit_id: int, sides: Iterable[str]) -> set[int]:
        return _of(self._leaders, unit_id, sides)

    def confirming(self, unit_id: int, sides: Iterable[str]) -> set[int]:
        """The leaders, and the deputies who stand in for them today."""
        return self.leaders(unit_id, sides) | _of(self._deputies, unit_id, sides)


def _by_unit(postings) -> dict[tuple[int, str], set[int]]:
    """{(unit of today, side): accounts}."""
    active = postings.filter(user__is_active=True, side__in=SIGNING_SIDES, unit__today_unit__isnull=False)
    return _grouped(active.values_list("unit__today_unit", "side", "user"))


def _deputies(today: date) -> dict[tuple[int, str], set[int]]:
    lent = Delegation.objects.effective(today).filter(deputy__is_active=True)
    rows = lent.annotate(place=F("principal__unit__today_unit"), lent_side=F("principal__side"))
    return _grouped(rows.values_list("place", "lent_side", "deputy"))


def _grouped(rows) -> dict[tuple[int, str], set[int]]:
    found = defaultdict(set)
    for unit_id, side, user_id in rows:
        found[unit_id, side].add(user_id)
    return found


def _of(people: dict, unit_id: int, sides: Iterable[str]) -> set[int]:
    return set().union(*(people.get((unit_id, side), ()) for side in sides))
