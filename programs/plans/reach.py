"""Which units a person writes for, and which programmes bind them."""

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.units.models import AdminUnit
from programs.coordination.models import CoordinationProgram

READ, WRITE = Permission.PROGRAMME_VIEW, Permission.PROGRAMME_WRITE


def own_units(user):
    """The units that the person writes for, today's first, then those that they were made of."""
    scope = scope_of(user, WRITE)
    units = AdminUnit.objects.filter(scope.as_q("pk")) if scope else AdminUnit.objects.none()
    return units.order_by("-valid_to", "sort_key", "pk")


def binding_programmes(user):
    """The programmes under which the person's units act: their own, those above, the nation's."""
    return CoordinationProgram.objects.within_reach(user, WRITE).order_by("-starts_on", "number", "pk")
