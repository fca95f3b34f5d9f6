"""Where a person reads and writes the registry."""

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.units.models import AdminUnit


def communes_to_write_for(user):
    """The communes that the user writes for, today's first, then those that they were made of."""
    own = scope_of(user, Permission.REGISTRY_WRITE).communes
    units = AdminUnit.objects.communes().filter(today_unit__in=own)
    return units.order_by("-valid_to", "sort_key", "pk")


def communes_to_read(user):
    """Today's communes of which the user reads the registry."""
    scope = scope_of(user, Permission.REGISTRY_VIEW)
    return AdminUnit.objects.today().communes().filter(scope.as_q("pk")).order_by("sort_key", "pk")


def place_of(user):
    """What the user's counts are of, unless a commune is chosen: the province, or else the first commune."""
    scope = scope_of(user, Permission.REGISTRY_VIEW)
    ids = scope.provinces or scope.own_provinces or scope.communes
    return AdminUnit.objects.filter(pk__in=ids).order_by("sort_key", "pk").first()
