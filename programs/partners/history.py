"""Who took part, as it was before and after each write: for the history of a record."""

from collections.abc import Callable
from itertools import groupby

from portal.accounts.choices import Side
from portal.units.models import AdminUnit
from programs.activities.presentation import EMPTY
from programs.partners.models import EntryMovement, EntryPartner, EntryUnit, LinkedMovement, Part, Partner


def changes_of(entry_id: int) -> list[tuple]:
    """(event, label, before, after) of each write that changed something. At most seven queries."""
    parties, units, movements = (_events(m, entry_id) for m in (EntryPartner, EntryUnit, EntryMovement))
    return [
        *_told(parties, "Chủ trì", _party(Part.CHAIRED), _party_names),
        *_told(parties, "Tham gia", _party(Part.JOINED), _party_names),
        *_told(units, "Đơn vị cùng tham gia", lambda e: e.unit_id, _unit_names),
        *_told(movements, "Phong trào lồng ghép", lambda e: e.movement_id, _movement_names),
    ]


def _events(model, entry_id: int) -> list:
    events = model.pgh_event_model.objects.filter(entry=entry_id).select_related("pgh_context")
    return list(events.order_by("pgh_id"))


def _told(events: list, label: str, key_of: Callable, names_of: Callable) -> list[tuple]:
    """The rows of one model as sets, write by write: an insert adds its key, a delete takes it away."""
    events = [e for e in events if key_of(e) is not None]
    names = names_of({key_of(e) for e in events}) if events else {}
    found, stands = [], frozenset()
    for _, write in groupby(events, lambda e: e.pgh_context_id or f"alone {e.pgh_id}"):
        before, last = stands, None
        for last in write:
            key = {key_of(last)}
            stands = stands - key if last.pgh_label == "delete" else stands | key
        if stands != before:
            found.append((last, label, _words(before, names), _words(stands, names)))
    return found


def _words(keys, names: dict) -> str:
    return ", ".join(name for key, name in names.items() if key in keys) or EMPTY


def _party(part: str) -> Callable:
    return lambda event: (event.side or event.partner_id) if event.part == part else None


def _party_names(keys: set) -> dict:
    """The two sides first, as reports name them, then the partners in Vietnamese order."""
    sides = {side.value: side.label for side in Side if side.value in keys}
    ids = [key for key in keys if isinstance(key, int)]
    return sides | {p.pk: p.name for p in Partner.objects.filter(pk__in=ids).in_order()}


def _unit_names(keys: set) -> dict:
    return {u.pk: u.full_name for u in AdminUnit.objects.filter(pk__in=keys).order_by("sort_key", "pk")}


def _movement_names(keys: set) -> dict:
    return {m.pk: m.name for m in LinkedMovement.objects.filter(pk__in=keys).in_order()}
