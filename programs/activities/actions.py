"""Writing the log: once, where it happened. All keyword-only, atomic, with `by=`, each with its history.

`data` holds the model fields of the kind by name (a form's cleaned_data), and may hold `areas`, the
residential areas. Errors: PermissionDenied (no right to write at that unit), ValidationError (a field is
wrong, said in Vietnamese), LogError and its kinds (see `errors`); what the database alone refuses comes as
IntegrityError.
"""

import hashlib
import json
from collections.abc import Callable

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import sides_of
from portal.accounts.choices import Side
from portal.units.text import nfc
from programs.activities.errors import ActivityDeleted, EditConflict, LogError, TokenReused
from programs.activities.models import EntryArea
from programs.activities.registry import Kind

NOT_A_MEMBERS = "Tổ chức thành viên chỉ sửa, xóa hoạt động do tổ chức thành viên ghi."


@transaction.atomic
def log_activity(
    *, kind: Kind, data: dict, by, token, also: dict | None = None, after_save: Callable | None = None
) -> tuple[models.Model, bool]:
    """Record an activity, or find it when this very form was sent before: (activity, created).

    `token` (a UUID) is drawn when the form is shown. Raises TokenReused when it came with other content.
    `after_save(activity)` writes what hangs on a new activity, in the same transaction; `also` is the content
    of that, for the fingerprint.
    """
    digest = content_hash(kind=kind, data={**data, **(also or {})})
    known = _sent_before(kind, by, token, digest)
    if known:
        return known, False
    fields, areas = _fields_and_areas(data)
    activity = kind.model(**fields, logged_by=by, client_token=token, content_hash=digest)
    activity.side = _side(by, activity.unit, fields.get("side"))
    _check(activity, areas)
    try:
        with transaction.atomic(), _history(by, "log"):
            activity.save(force_insert=True)
    except IntegrityError as error:
        if not _is_second_post(kind, error):
            raise
        return _sent_before(kind, by, token, digest), False
    _place(activity, areas)
    if after_save:
        after_save(activity)
    return activity, True


@transaction.atomic
def change_activity(*, activity, data: dict, expected_revision: int, by, after_save: Callable | None = None):
    """Change the fields named in `data` and give back the changed row; `areas` stay unless named.

    `expected_revision` is what the person saw. Raises EditConflict, with the row as it is now, when it has
    moved on. A new day or unit brings the programme that was in force there, unless `data` names one.
    `after_save(activity)` writes what hangs on it, in the same transaction.
    """
    current = _locked(activity)
    if current.revision != expected_revision:
        raise EditConflict(current)
    if not current.is_live:
        raise ActivityDeleted
    as_member = _refuse_strangers(by, current)
    place = current.unit_id, current.day
    fields, areas = _fields_and_areas(data)
    for name, value in fields.items():
        setattr(current, name, value)
    _side(by, current.unit, fields.get("side"))
    moved = place != (current.unit_id, current.day)
    if moved and not fields.get("programme"):
        current.programme = None
    kept = _areas_of(current)
    areas = kept if areas is None else areas
    current.awaits_front = as_member or current.awaits_front  # what the Front confirmed was something else
    _check(current, areas)
    if moved or set(areas) != set(kept):
        EntryArea.objects.filter(entry_id=current.pk).delete()
    with _history(by, "change"):
        current.save()
    _place(current, areas)
    if after_save:
        after_save(current)
    return current


@transaction.atomic
def delete_activity(*, activity, reason: str, by, expected_revision: int | None = None):
    """Take an activity out of the log and of all figures, with a reason; see `restore_activity`."""
    current = _locked(activity)
    if expected_revision is not None and current.revision != expected_revision:
        raise EditConflict(current)
    if not current.is_live:
        raise ActivityDeleted("Hoạt động này đã bị xóa trước đó.")
    if _refuse_strangers(by, current) and not current.awaits_front:
        raise LogError("Mặt trận đã xác nhận hoạt động này. Muốn xóa, đề nghị Mặt trận xã, phường, đặc khu.")
    reason = nfc(reason or "").strip()
    if not reason:
        raise ValidationError({"reason": "Hãy ghi lý do xóa."})
    current.deleted_at, current.deleted_by, current.deletion_reason = timezone.now(), by, reason
    with _history(by, "delete"):
        current.save()
    return current


@transaction.atomic
def restore_activity(*, activity, by):
    """Bring a deleted activity back into the log and the figures, as it was."""
    current = _locked(activity)
    if current.is_live:
        raise LogError("Hoạt động này chưa bị xóa.")
    current.awaits_front = _refuse_strangers(by, current) or current.awaits_front
    current.deleted_at, current.deleted_by, current.deletion_reason = None, None, ""
    with _history(by, "restore"):
        current.save()
    return current


def may_change(*, activity, by) -> bool:
    """Whether `by` may change, delete, restore it: both signing sides may, a member organisation its own."""
    sides = sides_of(by, Permission.LOG_WRITE, activity.unit)
    return bool(sides - {Side.MEMBER}) or (Side.MEMBER in sides and activity.side == Side.MEMBER)


def content_hash(*, kind: Kind, data: dict) -> str:
    """SHA-256 (hexadecimal) of what was sent, whatever the order of fields or the form of letters."""
    content = {"kind": kind.slug, **{name: _plain(value) for name, value in data.items()}}
    canonical = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(nfc(canonical).encode()).hexdigest()


def _plain(value):
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet | list | tuple | set):
        return sorted((_plain(item) for item in value), key=str)
    return str(value) if value is not None and not isinstance(value, int) else value


def _sent_before(kind, by, token, digest):
    known = kind.model.objects.filter(logged_by=by, client_token=token).first()
    if known and known.content_hash != digest:
        raise TokenReused(known)
    return known


def _is_second_post(kind, error: IntegrityError) -> bool:
    """The same form, sent twice at the same moment: the other one has been committed before this one."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    return constraint == f"{kind.model._meta.model_name}_token_once"


def _fields_and_areas(data):
    fields = {name: value for name, value in data.items() if name != "areas"}
    areas = data.get("areas")
    return fields, None if areas is None else list(areas)


def _side(by, unit, wanted=None) -> Side:
    """The side for which `by` writes at a unit; with postings on both sides, the one wanted or the first."""
    sides = sides_of(by, Permission.LOG_WRITE, unit)
    if not sides or (wanted and wanted not in sides):
        raise PermissionDenied
    return Side(wanted) if wanted else next(side for side in Side if side in sides)


def _refuse_strangers(by, activity) -> bool:
    """Whether `by` writes for a member organisation only: then the Front has to confirm what is written."""
    sides = sides_of(by, Permission.LOG_WRITE, activity.unit)
    if not sides:
        raise PermissionDenied
    if not may_change(activity=activity, by=by):
        raise LogError(NOT_A_MEMBERS)
    return sides == {Side.MEMBER}


def _check(activity, areas) -> None:
    activity.clean()
    strangers = [
        area
        for area in areas or []
        if area.unit_id != activity.unit_id
        or (area.valid_from and area.valid_from > activity.day)
        or (area.valid_to and area.valid_to < activity.day)
    ]
    if strangers:
        names = ", ".join(area.full_name for area in strangers)
        raise ValidationError({"areas": f"Không thuộc {activity.unit.full_name} vào ngày này: {names}."})


def _locked(activity):
    return type(activity).objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)


def _areas_of(activity) -> list:
    return [line.area for line in EntryArea.objects.filter(entry_id=activity.pk).select_related("area")]


def _place(activity, areas) -> None:
    lines = [EntryArea(entry_id=activity.pk, area=area) for area in dict.fromkeys(areas or [])]
    EntryArea.objects.bulk_create(lines, ignore_conflicts=True)


def _history(by, verb: str):
    """Who did what, for the history that the triggers write."""
    return pghistory.context(user=by.pk, verb=verb)
