"""Who changed what: the events of rows of any table of the registry as one list of steps, latest first."""

from collections import defaultdict

from programs.activities.history import BY_SYSTEM, Change, Step, people_of, user_id_of
from programs.activities.presentation import EMPTY, label, shown

WORDS = {"insert": "Ghi", "update": "Sửa", "delete": "Xóa"}
# Kept by the machinery, or told by the step itself.
APART = {
    *("id", "model", "certification", "logged_by", "logged_at", "client_token", "revision"),
    *("search_key", "subject_key", "removed_by", "removal_reason"),
}


def steps_of(*tables) -> list[Step]:
    """Steps of the rows that each (model, filter of its events) names. One query a table and one a relation.

    For example `steps_of((SelfManagedModel, {"pgh_obj_id": 5}), (StatusStep, {"model": 5}))`.
    """
    pairs = [pair for model, where in tables for pair in _pairs(model, where)]
    names, people = _names(pairs), people_of(event for *_, event in pairs)
    steps = [_step(model, before, after, names, people) for model, before, after in pairs]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _pairs(model, where) -> list[tuple]:
    """(model, state before or None, event) of every event, in order."""
    events = model.pgh_event_model.objects.filter(**where).select_related("pgh_context").order_by("pgh_id")
    last, found = {}, []
    for event in events:
        found.append((model, last.get(event.pgh_obj_id), event))
        last[event.pgh_obj_id] = event
    return found


def _step(model, before, after, names, people) -> Step:
    metadata = after.pgh_context.metadata if after.pgh_context else {}
    reason = metadata.get("reason") or getattr(after, "removal_reason", "")
    verb = f"{WORDS.get(after.pgh_label, 'Sửa')} {model._meta.verbose_name}"
    who = people.get(user_id_of(after), BY_SYSTEM)
    known = None if after.pgh_label == "delete" else before
    return Step(after.pgh_created_at, who, verb, reason, _changes(model, known, after, names))


def _changes(model, before, after, names) -> list[Change]:
    """The fields that differ; of a new or a deleted row those that say anything."""
    found = []
    for one in _fields(model):
        now, then = getattr(after, one.attname), before and getattr(before, one.attname)
        text = _text(one, now, names)
        if before is None and text != EMPTY:
            found.append(Change(label(one), None, text))
        elif before is not None and now != then:
            found.append(Change(label(one), _text(one, then, names), text))
    return found


def _fields(model) -> list:
    return [one for one in model._meta.concrete_fields if one.name not in APART]


def _text(one, value, names) -> str:
    return names[one.related_model].get(value, EMPTY) if one.is_relation else shown(one, value)


def _names(pairs) -> dict:
    """{model: {id: name}} of all rows that relations of these events point at."""
    wanted = defaultdict(set)
    for model, _before, event in pairs:
        for one in _fields(model):
            if one.is_relation and getattr(event, one.attname):
                wanted[one.related_model].add(getattr(event, one.attname))
    names = defaultdict(dict)
    for model, ids in wanted.items():
        rows = model.objects.filter(pk__in=ids)
        names[model] = {row.pk: getattr(row, "full_name", None) or str(row) for row in rows}
    return names
