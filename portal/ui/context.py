"""Context processor: the navigation that this person may use, and who this person is."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.access.second_step import is_pending
from portal.ui.navigation import NAVIGATION, NavItem


def navigation(request) -> dict:
    """`nav` ({label, url, current} each) and `who` ("title, unit" lines), read only when shown."""
    return {
        "nav": SimpleLazyObject(lambda: _items(request)),
        "who": SimpleLazyObject(lambda: _who(getattr(request, "user", None))),
    }


def _items(request) -> list[dict]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.must_change_password or is_pending(request):
        return []
    offered = [(item, name) for item in NAVIGATION if (name := _way(user, item))]
    items = [
        {"label": item.label, "url": reverse(name), "rooms": _rooms(item, name)} for item, name in offered
    ]
    return _mark_current(items, request)


def _way(user, item: NavItem) -> str:
    """The name of the first page of this item that the person may open; "" where there is none."""
    return next((name for name, permission in item.ways if _may(user, permission)), "")


def _rooms(item: NavItem, name: str) -> set[str]:
    """The namespaces of the item's pages: the name of the page that it leads to begins with one."""
    return {name.rpartition(":")[0], *item.rooms}


def _mark_current(items, request) -> list[dict]:
    """The item of this very page; failing that, the nearest above it, or one of the room it belongs to."""
    match = request.resolver_match
    room = match.namespace if match else None
    exact = [item for item in items if item["url"] == request.path]
    same_room = [item for item in items if room and room in item["rooms"]]
    above = [item for item in same_room if request.path.startswith(item["url"])]
    nearest = sorted(above, key=lambda item: -len(item["url"]))
    current = (exact or nearest or same_room or [None])[0]
    return [item | {"current": item is current} for item in items]


def _may(user, permission) -> bool:
    if permission == "staff":
        return user.is_staff
    return permission is None or has(user, Permission[permission])


def _who(user) -> list[str]:
    """ "Trưởng Công an phường Thái Hòa": the titles of today's postings, or the name of who has none."""
    if user is None or not user.is_authenticated:
        return []
    return [_described(posting) for posting in user.postings_in_force()] or [user.full_name]


def _described(posting) -> str:
    title, unit = posting.title or posting.get_role_display(), posting.unit
    if unit is None:
        return title
    if title.lower().endswith(f" {unit.kind}".lower()):
        return f"{title} {unit.name}"
    return f"{title}, {unit.full_name}"
