"""Who may manage whom: the one place that decides what an administrator may do to an account.

A system administrator (role ADMIN, or the first superuser) manages every account. A province's administrator
manages accounts that serve in the own province and nowhere else, and gives working roles there, never an
administrator's.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.accounts.choices import COMMUNE_ROLES, Role
from portal.accounts.models import Delegation, Posting, User
from portal.units.models import AdminUnit

# What a province's administrator may give and take: the working roles, no administrator's.
PROVINCE_GIVEN_ROLES = (*COMMUNE_ROLES, Role.PROVINCE_STAFF, Role.PROVINCE_LEADER)


def manages_all(by):
    """A system administrator; None stands for a command on the server itself."""
    return by is None or (
        by.is_active and (by.is_superuser or any(p.role == Role.ADMIN for p in by.postings_in_force()))
    )


def managed_provinces(by):
    """Ids of today's provinces whose accounts `by` manages as a province administrator."""
    return frozenset(
        posting.unit.today_unit_id or posting.unit_id
        for posting in by.postings_in_force()
        if posting.role == Role.PROVINCE_ADMIN
    )


def given_roles(by):
    """The roles that `by` may give to others."""
    if manages_all(by):
        return tuple(Role)
    return PROVINCE_GIVEN_ROLES if managed_provinces(by) else ()


def given_units(by):
    """The units of today at which `by` may give postings."""
    today = AdminUnit.objects.today()
    return today if manages_all(by) else today.filter(today_province__in=managed_provinces(by))


def inside(provinces):
    """Q on a Posting: at one of these provinces of today, or at a unit that lies in one of them today."""
    return Q(unit__in=provinces) | Q(unit__today_unit__in=provinces) | Q(unit__today_province__in=provinces)


def inside_units(provinces, path=""):
    """The same as a Q on an AdminUnit, or on what leads to one by `path` ("province__")."""
    names = ("pk", "today_unit", "today_province")
    return Q(*[(f"{path}{name}__in", provinces) for name in names], _connector=Q.OR)


def managed_accounts(by):
    """The accounts that `by` may see and change in the admin site."""
    if manages_all(by):
        return User.objects.all()
    held = Posting.objects.filter(user=OuterRef("pk"))
    live = held.exclude(ends_on__lt=timezone.localdate())
    ours = Posting.objects.filter(inside(managed_provinces(by)), role__in=PROVINCE_GIVEN_ROLES).values("pk")
    return User.objects.filter(
        Exists(held.filter(pk__in=ours)),
        ~Exists(live.exclude(pk__in=ours)),
        Exists(live) | ~Exists(held.exclude(pk__in=ours)),
        is_superuser=False,
    )


def managed_postings(by):
    """The postings that `by` may see and change: those of the accounts managed."""
    return Posting.objects.filter(user__in=managed_accounts(by))


def managed_delegations(by):
    """The delegations between accounts that `by` manages."""
    accounts = managed_accounts(by)
    return Delegation.objects.filter(principal__user__in=accounts, deputy__in=accounts)


def may_manage(by, user):
    return managed_accounts(by).filter(pk=user.pk).exists()


def may_post(by, posting):
    """Whether `by` may give (or take) this posting, saved or not."""
    if manages_all(by):
        return True
    unit = posting.unit
    return (
        unit is not None
        and posting.role in PROVINCE_GIVEN_ROLES
        and bool({unit.pk, unit.today_unit_id, unit.today_province_id} & managed_provinces(by))
    )
