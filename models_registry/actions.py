"""Writing the registry. All keyword-only, atomic, with `by=`; each write has its history.

Errors: PermissionDenied (no right to write for that unit), RegistryError with Vietnamese words, and what the
database alone refuses as IntegrityError (portal/refusals.py says it in Vietnamese).
"""

from datetime import date, timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from models_registry.errors import Overtaken, RegistryError
from models_registry.models import (
    ModelArea,
    ModelOwner,
    ModelReading,
    ModelType,
    SelfManagedModel,
    StatusStep,
)
from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of

REMOVED = "Mô hình đã được gỡ khỏi sổ."


@transaction.atomic
def create_model(
    *,
    data: dict,
    status: str,
    on: date,
    reason: str,
    by,
    token,
    evidence="",
    areas=(),
    owners=(),
    reading=None,
) -> tuple[SelfManagedModel, bool]:
    """Enter a model with its first step; (model, created). The same token again finds what it made.

    `data`: fields of SelfManagedModel; `reading`: counts of ModelReading by name, as of `on`.
    """
    _may_write(by, data["unit"])
    known = SelfManagedModel.objects.filter(client_token=token, logged_by=by).first()
    if known:
        return known, False
    with _history(by, "create"):
        model = SelfManagedModel(**data, logged_by=by, client_token=token)
        model.save(force_insert=True)
        _set_owners(model, owners)
        StatusStep.objects.create(
            model=model, status=status, on=on, reason=reason, evidence=evidence, logged_by=by
        )
        ModelArea.objects.bulk_create(ModelArea(model=model, area=area, valid_from=on) for area in areas)
        if reading and any(value is not None for value in reading.values()):
            ModelReading.objects.create(model=model, as_of=on, logged_by=by, **reading)
    return model, True


@transaction.atomic
def change_model(
    *, model, data: dict, expected_revision: int, by, areas=None, owners=None
) -> SelfManagedModel:
    """Change fields of a model; `areas` and `owners`, where given, take the place of those that hold today.

    Raises Overtaken, with the row as it is now, when it is no longer at `expected_revision`.
    """
    current = _locked(model)
    _may_write(by, current.unit)
    if current.is_removed:
        raise RegistryError(REMOVED)
    if current.revision != expected_revision:
        raise Overtaken(current)
    for name, value in data.items():
        setattr(current, name, value)
    with _history(by, "change"):
        current.save()
        if owners is not None:
            _set_owners(current, owners)
        if areas is not None:
            _set_areas(current, areas)
    return current


@transaction.atomic
def take_step(*, model, status: str, on: date, reason: str, by, evidence="", token=None) -> StatusStep:
    """The next step of a model's life; the database refuses what does not follow."""
    current = _locked(model)
    _may_write(by, current.unit)
    if current.is_removed:
        raise RegistryError(REMOVED)
    extra = {"client_token": token} if token else {}
    with _history(by, "step"):
        return StatusStep.objects.create(
            model=current, status=status, on=on, reason=reason, evidence=evidence, logged_by=by, **extra
        )


@transaction.atomic
def undo_step(*, model, by) -> None:
    """Take the last step back; it stays in the history."""
    current = _locked(model)
    _may_write(by, current.unit)
    with _history(by, "undo"):
        current.latest_step().delete()


@transaction.atomic
def remove_model(*, model, reason: str, by) -> SelfManagedModel:
    """Take out a model entered by mistake: it is in no count of any day."""
    current = _locked(model)
    _may_write(by, current.unit)
    if current.is_removed:
        raise RegistryError(REMOVED)
    current.removed_at, current.removed_by, current.removal_reason = timezone.now(), by, reason
    with _history(by, "remove"):
        current.save()
    return current


@transaction.atomic
def save_row(*, row, by):
    """Enter or change a reading, an appraisal, a loan, a force, a certification, a base or a grading."""
    _may_write(by, _unit_of(row))
    if row.pk is None:
        row.logged_by = by
    with _history(by, "save"):
        row.save()
    return row


@transaction.atomic
def drop_row(*, row, reason: str, by) -> None:
    """Delete a reading or a holding entered by mistake; it stays in the history with the reason."""
    _may_write(by, _unit_of(row))
    with pghistory.context(user=by.pk, verb="drop", reason=reason):
        row.delete()


@transaction.atomic
def merge_types(*, type, into, reason: str, by) -> ModelType:
    """Merge a near-duplicate into the type that stays. Types merged into it before follow it there.

    The models keep the type under which they were entered; counts read through it.
    """
    scope = scope_of(by, Permission.REGISTRY_CATALOGUE)
    if type.province_id not in scope.provinces | scope.own_provinces:
        raise PermissionDenied
    kept = ModelType.objects.select_for_update().get(pk=type.pk)
    if kept.merged_into_id:
        raise RegistryError("Loại này đã được gộp.")
    with _history(by, "merge"):
        for earlier in kept.merged.all():
            earlier.merged_into = into
            earlier.save()
        kept.merged_into, kept.merge_reason = into, reason
        kept.save()
    return kept


def _unit_of(row):
    """The unit of a row, of a model's part the unit that leads the model."""
    return row.unit if hasattr(row, "unit_id") else row.model.unit


def _may_write(by, unit) -> None:
    if not has(by, Permission.REGISTRY_WRITE, unit):
        raise PermissionDenied


def _locked(model) -> SelfManagedModel:
    rows = SelfManagedModel.objects.select_for_update(of=("self",)).select_related("unit", "type")
    return rows.get(pk=model.pk)


def _set_owners(model, owners) -> None:
    wanted = {unit.pk for unit in owners}
    model.owners.exclude(unit__in=wanted).delete()
    known = set(model.owners.values_list("unit", flat=True))
    ModelOwner.objects.bulk_create(ModelOwner(model=model, unit_id=pk) for pk in sorted(wanted - known))


def _set_areas(model, areas) -> None:
    """Areas that are no longer named end yesterday; new ones begin today."""
    today = timezone.localdate()
    wanted = {area.pk for area in areas}
    open_rows = model.areas.filter(valid_to=None)
    for row in open_rows.exclude(area__in=wanted):
        if row.valid_from and row.valid_from < today:
            row.valid_to = today - timedelta(days=1)
            row.save()
        else:
            row.delete()
    known = set(open_rows.values_list("area", flat=True))
    ModelArea.objects.bulk_create(
        ModelArea(model=model, area_id=pk, valid_from=today) for pk in sorted(wanted - known)
    )


def _history(by, verb: str):
    return pghistory.context(user=by.pk, verb=verb)
