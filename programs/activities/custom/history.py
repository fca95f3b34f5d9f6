"""What became of an activity's custom amounts, and of readings, for the history of their pages."""

from collections.abc import Iterable

from portal.accounts.models import User
from programs.activities.custom.figures import settled
from programs.activities.custom.models import CustomAmount, CustomIndicator, StockReading

AmountEvent = CustomAmount.pgh_event_model
ReadingEvent = StockReading.pgh_event_model


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


def reading_changes(reading: StockReading) -> list[tuple[object, str, object, object]]:
    """(moment, who, day, value) as it stood after every write, latest first."""
    events = list(
        ReadingEvent.objects.filter(pgh_obj_id=reading.pk).select_related("pgh_context").order_by("-pgh_id")
    )
    people = User.objects.in_bulk({writer for event in events if (writer := _writer(event))})
    return [(e.pgh_created_at, _name(people.get(_writer(e))), e.as_of, settled(e.value)) for e in events]


def _writer(event) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _name(person) -> str:
    return person.full_name if person else "Hệ thống"
