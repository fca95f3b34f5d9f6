"""Two officers changed one record: nothing typed is lost, nothing saved by the other is wiped out unseen."""

from dataclasses import dataclass
from datetime import datetime

from programs.activities.forms import ActivityForm
from programs.activities.history import Change, areas_noted, steps_of
from programs.activities.listing import areas_of
from programs.activities.models import ActivityEntry
from programs.activities.presentation import EMPTY, shown


@dataclass(frozen=True)
class Conflict:
    """Who was quicker and when; what both changed (before = theirs, after = ours); what only they changed.

    `form` holds our text where we changed something, theirs elsewhere, and may be saved over theirs.
    """

    who: str
    at: datetime
    both: list[Change]
    taken: list[str]
    form: ActivityForm


def merge(form, *, kind, current, seen: int) -> Conflict:
    """What became of a valid `form` that was filled in over revision `seen`, now that `current` is stored."""
    theirs, ours = _stored(form, current), _typed(form)
    base = _as_of(form, kind, current, seen)
    differing = [name for name in ours if ours[name] != theirs[name]]
    untouched = [name for name in differing if base and ours[name] == base[name]]
    both = [
        Change(str(form.fields[n].label), _words(form, kind, n, theirs[n]), _words(form, kind, n, ours[n]))
        for n in differing
        if n not in untouched
    ]
    step = steps_of(kind, current)[0]
    taken = [str(form.fields[n].label) for n in untouched]
    return Conflict(step.who, current.updated_at, both, taken, _refilled(form, current, untouched))


def _typed(form) -> dict:
    own = {name: form.cleaned_data[name] for name in form.own_fields}
    return own | {"unit": form.cleaned_data["unit"], "areas": [a.full_name for a in form.chosen_areas]}


def _stored(form, current) -> dict:
    areas = areas_of([ActivityEntry(pk=current.pk)]).get(current.pk, [])
    own = {name: getattr(current, name) for name in form.own_fields}
    return own | {"unit": current.unit_id, "areas": [area.full_name for area in areas]}


def _as_of(form, kind, current, revision: int) -> dict | None:
    """The record as this officer saw it, from its history; None when there was no such revision."""
    event = (
        kind.event_model.objects.filter(pgh_obj_id=current.pk, revision=revision).order_by("pgh_id").last()
    )
    if event is None:
        return None
    own = {name: getattr(event, name) for name in form.own_fields}
    return own | {"unit": event.unit_id, "areas": areas_noted(event)}


def _words(form, kind, name: str, value) -> str:
    if name == "unit":
        return form.units[value].full_name if value in form.units else EMPTY
    if name == "areas":
        return ", ".join(value) or EMPTY
    return shown(kind.model._meta.get_field(name), value)


def _refilled(form, current, names) -> ActivityForm:
    """A form over `current` with all that was sent, but the stored values of `names` and the new revision."""
    data, fresh = form.data.copy(), type(form)(instance=current, user=form.user)
    for name in ("revision", *names):
        data.setlist(name, fresh.as_sent(name))
    return type(form)(data, instance=current, user=form.user)
