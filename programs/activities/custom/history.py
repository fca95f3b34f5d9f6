"""What became of an activity's custom amounts, for the history of its page."""

from collections.abc import Iterable

from programs.activities.custom.figures import settled
from programs.activities.custom.models import CustomAmount, CustomIndicator

AmountEvent = CustomAmount.pgh_event_model


def amount_changes(entry_id: int) -> list[tuple[object, object, str, object, object]]:
    """(event, indicator, before, after) of every change, oldest first; None for nothing entered."""
    events = list(AmountEvent.objects.filter(entry=entry_id).select_related("pgh_context").order_by("pgh_id"))
    names = _indicators(event.indicator_id for event in events)
    stands: dict[int, object] = {}
    found = []
    for event in events:
        before = stands.get(event.indicator_id)
        after = None if event.pgh_label == "delete" else settled(event.amount)
        stands[event.indicator_id] = after
        if before != after:
            found.append((event, names[event.indicator_id], before, after))
    return found


def _indicators(ids: Iterable[int]) -> dict[int, CustomIndicator]:
    return CustomIndicator.objects.in_bulk(set(ids))
