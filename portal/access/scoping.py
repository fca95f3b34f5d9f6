"""Which rows a person may touch. The scope is part of the lookup: what lies outside does not exist (404)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from portal.access.permissions import Permission
from portal.access.roles import DELEGABLE, MEMBERS, OWN_UNIT_ONLY, POLICE_ONLY, ROLES
from portal.accounts.choices import COMMUNE_ROLES, PROVINCE_ROLES, Role, Side
from portal.units.models import AdminUnit


@dataclass(frozen=True)
class Scope:
    """How far one permission of one person reaches; ids are of TODAY's units.

    `communes`: units that are, or have become, one of these. `provinces`: the province and all that lies in
    it today. `own_provinces`: the province's own rows alone. `nation`: rows of any province, no commune's.
    `everything`: rows of any unit and of none.
    """

    communes: frozenset[int] = frozenset()
    provinces: frozenset[int] = frozenset()
    own_provinces: frozenset[int] = frozenset()
    nation: bool = False
    everything: bool = False

    def __bool__(self):
        return bool(self.everything or self.nation or self.communes or self.provinces or self.own_provinces)

    def holds(self, unit):
        """Whether rows of this AdminUnit lie inside the scope."""
        if self.everything:
            return True
        today = unit.today_unit_id or unit.pk
        return (
            today in (self.communes | self.provinces | self.own_provinces)
            or unit.today_province_id in self.provinces
            or (self.nation and unit.level == "province")
        )

    def units(self):
        """The ids of all units of any time inside a scope that is not `everything`, as a subquery."""
        own = self.communes | self.provinces | self.own_provinces
        q = Q(pk__in=own) | Q(today_unit__in=own) | Q(today_province__in=self.provinces)
        q = q | Q(level="province") if self.nation else q
        return AdminUnit.objects.filter(q).order_by().values("pk")

    def as_q(self, path="unit"):
        """The same as a Q on the unit that `path` leads to.

        A subquery, not a join: alternatives over two tables would keep the index on the unit out of use.
        """
        return Q() if self.everything else Q(**{f"{path}__in": self.units()})


def scope_of(user, permission, side=None):
    """Scope of `permission` for `user` from the postings in force today, of one `side` if named; empty
    (falsy) when there is none."""
    postings = _postings_giving(user, permission)
    return _union([_reach(posting, permission) for posting in postings if side in (None, posting.side)])


def has(user, permission, unit=None):
    """Whether the user has the permission at all (unit None), or for rows of `unit` (an AdminUnit)."""
    scope = scope_of(user, permission)
    return bool(scope) if unit is None else scope.holds(unit)


def sides_of(user, permission, unit):
    """The sides (frozenset of Side) for which the user has the permission at `unit`."""
    return frozenset(
        Side(posting.side)
        for posting in _postings_giving(user, permission)
        if posting.side and _reach(posting, permission).holds(unit)
    )


class ScopedQuerySet(QuerySet):
    """Rows that belong to a unit. Set `unit_path` where the unit is further away ("report__unit")."""

    unit_path = "unit"

    def visible_to(self, user, permission):
        """The rows on which `user` has `permission`; nothing for strangers."""
        scope = scope_of(user, permission)
        return self.filter(scope.as_q(self.unit_path)) if scope else self.none()


def get_visible_or_404(queryset, user, permission, **lookup):
    """One row inside the user's scope. Another unit's row answers 404, as if it did not exist."""
    return get_object_or_404(queryset.visible_to(user, permission), **lookup)


def _postings_giving(user, permission):
    """Postings in force that give the permission; for confirming also those of leaders one stands in for."""
    permission = Permission(permission)
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    held = list(user.postings_in_force())
    if permission in DELEGABLE:
        held += user.delegations_in_force()
    return [posting for posting in held if permission in _given_by(posting)]


def _given_by(posting):
    given = ROLES[Role(posting.role)]
    given = given if posting.side == Side.POLICE else given - POLICE_ONLY
    return given & MEMBERS if posting.side == Side.MEMBER else given


def _reach(posting, permission):
    if posting.role in COMMUNE_ROLES:
        return Scope(communes=frozenset({posting.unit.today_unit_id or posting.unit_id}))
    if posting.role in PROVINCE_ROLES:
        province = frozenset({posting.unit.today_unit_id or posting.unit_id})
        return Scope(own_provinces=province) if permission in OWN_UNIT_ONLY else Scope(provinces=province)
    return Scope(everything=True) if posting.role == Role.ADMIN else Scope(nation=True)


def _union(scopes):
    return Scope(
        communes=frozenset().union(*(s.communes for s in scopes)),
        provinces=frozenset().union(*(s.provinces for s in scopes)),
        own_provinces=frozenset().union(*(s.own_provinces for s in scopes)),
        nation=any(s.nation for s in scopes),
        everything=any(s.everything for s in scopes),
    )
