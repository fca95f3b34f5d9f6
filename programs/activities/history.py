"""The history of one record as sentences: when, who, what was changed from what to what."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.accounts.models import User
from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.activities.custom.history import amount_changes
from programs.activities.extensions import history_of
from programs.activities.presentation import EMPTY, fact_fields, label, shown

WORDS = {"insert": "Ghi vào sổ", "update": "Sửa", "delete": "Xóa hẳn khỏi cơ sở dữ liệu"}
BY_SYSTEM = "Hệ thống"


@dataclass(frozen=True)
class Change:
    """One field: its label, the value before and the value after, as text; before is None in a new row."""

    label: str
    before: str | None
    after: str


@dataclass
class Step:
    """One event in the life of a record."""

    at: datetime
    who: str
    verb: str
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


def steps_of(kind, record) -> list[Step]:
    """All events of ``record``, latest first. A bounded number of queries: events, people, units."""
    events = list(
        kind.event_model.objects.filter(pgh_obj_id=record.pk).select_related("pgh_context").order_by("pgh_id")
    )
    amounts = [(event, str(of), number(a), number(b)) for event, of, a, b in amount_changes(record.pk)]
    others = [*amounts, *history_of(record.pk)]
    people, units = people_of([*events, *(event for event, *_ in others)]), _units(events)
    steps = []
    for before, after in zip([None, *events], events, strict=False):
        steps.append(_step(kind, before, after, people, units))
    _add_others(steps, events, others, people)
    return sorted([step for step in steps if step][::-1], key=lambda step: step.at, reverse=True)


def _add_others(steps, events, others, people) -> None:
    """What stands in tables of its own: a change goes with the write that it came with."""
    by_context = {e.pgh_context_id: step for e, step in zip(events, steps, strict=True) if e.pgh_context_id}
    for event, name, before, after in others:
        step = by_context.get(event.pgh_context_id)
        if step is None:
            step = Step(event.pgh_created_at, people.get(user_id_of(event), BY_SYSTEM), WORDS["update"])
            steps.append(step)
        step.changes.append(Change(name, before, after))


def differences(kind, before, after, units) -> list[Change]:
    """The facts in which two states of a record differ; ``units`` maps ids to names."""
    changed = (f for f in fact_fields(kind.model) if getattr(before, f.attname) != getattr(after, f.attname))
    return [Change(label(f), _text(f, before, units), _text(f, after, units)) for f in changed]


def _text(f, state, units) -> str:
    value = getattr(state, f.attname)
    return units.get(value, EMPTY) if f.name == "unit" else shown(f, value)


def _step(kind, before, after, people, units) -> Step | None:
    verb, reason, changes = WORDS.get(after.pgh_label, "Sửa"), "", []
    if before and after.pgh_label == "update":
        changes = [*differences(kind, before, after, units), *_areas(before, after)]
        if after.deleted_at and not before.deleted_at:
            verb, reason = "Xóa khỏi sổ", after.deletion_reason
        elif before.deleted_at and not after.deleted_at:
            verb = "Khôi phục vào sổ"
        elif before.awaits_front and not after.awaits_front:
            verb = "Mặt trận xác nhận"
        elif before.programme_id != after.programme_id and not changes:
            verb = "Xếp vào chương trình phối hợp có hiệu lực ngày đó"
    return Step(after.pgh_created_at, people.get(user_id_of(after), BY_SYSTEM), verb, reason, changes)


def _areas(before, after) -> list[Change]:
    """The areas stand in a table of their own; the pages write their names beside the event."""
    then, now = before and areas_noted(before), areas_noted(after)
    if then is None or now is None or then == now:
        return []
    return [Change("Khu dân cư", ", ".join(then) or EMPTY, ", ".join(now) or EMPTY)]


def areas_noted(event) -> list[str] | None:
    """The names of the areas when this event was written; None when it did not come from the pages."""
    return event.pgh_context.metadata.get("areas") if event.pgh_context else None


def user_id_of(event):
    """Who did it; of what came from outside the pages, who stands in a new row as its writer."""
    if event.pgh_context and event.pgh_context.metadata.get("user"):
        return event.pgh_context.metadata["user"]
    return getattr(event, "logged_by_id", None) if event.pgh_label == "insert" else None


def people_of(events) -> dict[int, str]:
    """The names of all who did these events, by id."""
    users = User.objects.filter(pk__in={user_id_of(e) for e in events} - {None})
    return {user.pk: user.full_name or user.username for user in users}


def _units(events) -> dict:
    return {u.pk: u.full_name for u in AdminUnit.objects.filter(pk__in={e.unit_id for e in events})}
