"""A joint activity is read by every commune that took part; it is written and counted where it was logged."""

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from programs.partners.models import EntryUnit

COUNTED_ELSEWHERE = "Phối hợp, tính ở đơn vị chủ trì: {}"
WAITS = "Chờ Mặt trận xác nhận"


def joint_entries(user, permission) -> list[int]:
    """Ids of the activities of other units in which the user's units took part; to read only."""
    scope = scope_of(user, permission) if permission == Permission.LOG_VIEW else None
    if not scope or scope.everything or scope.nation:
        return []
    own = scope.units()
    links = EntryUnit.objects.filter(unit__in=own).exclude(entry__unit__in=own)
    return list(links.values_list("entry", flat=True).distinct())


def marks(entries, user) -> dict[int, str]:
    """In lists: what is counted elsewhere, and what waits for the Front. At most one query."""
    waiting = {entry.pk: WAITS for entry in entries if entry.awaits_front and entry.live}
    links = EntryUnit.objects.filter(entry__in=[entry.pk for entry in entries])
    led = {link.entry_id: link.entry.unit for link in links.select_related("entry__unit", "unit")}
    if not led:
        return waiting
    scope = scope_of(user, Permission.LOG_VIEW)
    elsewhere = {pk: unit for pk, unit in led.items() if not scope.holds(unit)}
    return waiting | {pk: COUNTED_ELSEWHERE.format(unit.full_name) for pk, unit in elsewhere.items()}
