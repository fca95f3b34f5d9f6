"""Writing who took part, and the Front's confirmation. Keyword-only, atomic, with `by=`."""

from collections.abc import Iterable

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.access.permissions import Permission
from portal.access.scoping import sides_of
from portal.accounts.choices import Side
from programs.activities.errors import ActivityDeleted, EditConflict, LogError
from programs.partners.models import (
    EntryMovement,
    EntryPartner,
    EntryUnit,
    LinkedMovement,
    MemberConfirmation,
    Part,
)

NOT_THE_FRONT = "Chỉ cán bộ, lãnh đạo Mặt trận của xã, phường, đặc khu này xác nhận."


@transaction.atomic
def set_partners(
    *,
    entry_id: int,
    chaired: Iterable[str],
    joined: Iterable[str],
    units: Iterable,
    movements: Iterable[LinkedMovement],
    by,
) -> None:
    """Make an activity's parties, joint units and movements what is given; what stays is not touched.

    A party is a side ("police", "front") or the id of a Partner, as text. The right to change the activity
    is checked by the action of the log in whose transaction this runs.
    """
    with pghistory.context(user=by.pk, verb="partners"):
        wanted = {(party, Part.CHAIRED) for party in chaired} | {(party, Part.JOINED) for party in joined}
        _make(EntryPartner, entry_id, wanted, _party_key, _party)
        _make(EntryUnit, entry_id, {u.pk for u in units}, lambda row: row.unit_id, lambda pk: {"unit_id": pk})
        _make(
            EntryMovement,
            entry_id,
            {movement.pk for movement in movements},
            lambda row: row.movement_id,
            lambda pk: {"movement_id": pk},
        )


def _make(model, entry_id: int, wanted: set, key_of, fields_of) -> None:
    """Remove the rows of an entry that are not wanted, add those that are missing."""
    there = {key_of(row): row.pk for row in model.objects.filter(entry=entry_id)}
    gone = [pk for key, pk in there.items() if key not in wanted]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    missing = sorted(wanted - there.keys())
    model.objects.bulk_create(model(entry_id=entry_id, **fields_of(key)) for key in missing)


def _party_key(row: EntryPartner) -> tuple:
    return (row.side or str(row.partner_id)), Part(row.part)


def _party(key: tuple) -> dict:
    party, part = key
    return {"partner_id": int(party), "part": part} if party.isdecimal() else {"side": party, "part": part}


@transaction.atomic
def confirm_for_the_front(*, activity, expected_revision: int, by):
    """Let a member organisation's record count. `expected_revision` is what the person has read.

    Errors: PermissionDenied (not of the Front at that unit), EditConflict (changed since), LogError (nothing
    to confirm, deleted).
    """
    current = (
        type(activity).objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    )
    if not may_confirm(activity=current, by=by):
        raise PermissionDenied(NOT_THE_FRONT)
    if not current.is_live:
        raise ActivityDeleted
    if not current.awaits_front:
        raise LogError("Hoạt động này không chờ xác nhận: có thể người khác vừa xác nhận.")
    if current.revision != expected_revision:
        raise EditConflict(current)
    current.awaits_front = False
    with pghistory.context(user=by.pk, verb="confirm"):
        current.save()
    MemberConfirmation.objects.create(entry_id=current.pk, revision=current.revision, by=by)
    return current


def may_confirm(*, activity, by) -> bool:
    """Whether `by` writes for the Front at the activity's unit."""
    return Side.FRONT in sides_of(by, Permission.LOG_WRITE, activity.unit)
