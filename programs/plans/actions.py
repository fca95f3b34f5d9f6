"""Writing what is done about programmes. All keyword-only, atomic, with `by=`; each write has its history.

Errors: PermissionDenied (no right to write for that unit; the nation's rows are the administrators'),
PlanError with Vietnamese words, and what the database alone refuses (portal/refusals.py says it).
"""

from collections.abc import Callable

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from programs.plans.errors import Overtaken, PlanError

REMOVED = "Bản ghi đã được gỡ."


@transaction.atomic
def create_row(*, row, by, token, after: Callable | None = None):
    """Enter a row; (row, created). The same token again finds what it made. `after(row)` writes its parts."""
    may_write(by, row.owner_unit)
    known = type(row).objects.filter(client_token=token).first()
    if known:
        may_write(by, known.owner_unit)
        return known, False
    row.client_token = token
    if hasattr(row, "logged_by_id"):
        row.logged_by = by
    with pghistory.context(user=by.pk, verb="create"):
        row.save(force_insert=True)
        if after:
            after(row)
    return row, True


@transaction.atomic
def change_row(*, row, data: dict, expected_revision: int, by, after: Callable | None = None):
    """Change fields of a row. Raises Overtaken, with the row as it is now, when somebody was quicker."""
    current = _locked(row)
    may_write(by, current.owner_unit)
    if getattr(current, "is_removed", False):
        raise PlanError(REMOVED)
    if current.revision != expected_revision:
        raise Overtaken(current)
    for name, value in data.items():
        setattr(current, name, value)
    with pghistory.context(user=by.pk, verb="change"):
        current.save()
        if after:
            after(current)
    return current


@transaction.atomic
def remove_row(*, row, reason: str, by):
    """Take out a row entered by mistake: it stands on no page and in no count; the history keeps it."""
    current = _locked(row)
    may_write(by, current.owner_unit)
    if current.is_removed:
        raise PlanError(REMOVED)
    current.removed_at, current.removed_by, current.removal_reason = timezone.now(), by, reason
    with pghistory.context(user=by.pk, verb="remove"):
        current.save()
    return current


@transaction.atomic
def delete_part(*, row, reason: str, by) -> None:
    """Take a task, a target, an agreement, a stage out of what it is part of; the history keeps it."""
    current = _locked(row)
    may_write(by, current.owner_unit)
    with pghistory.context(user=by.pk, verb="remove", reason=reason):
        for name in ("evidence", "signatories"):
            if hasattr(current, name):
                getattr(current, name).all().delete()
        current.delete()


@transaction.atomic
def replace_links(*, rows, model, column: str, wanted, **of) -> None:
    """Make the links of `of` (such as meeting=…) exactly those to `wanted`, leaving what stays untouched."""
    ids = {one.pk for one in wanted}
    rows.exclude(**{f"{column}__in": ids}).delete()
    there = set(rows.values_list(column, flat=True))
    model.objects.bulk_create(model(**of, **{f"{column}_id": pk}) for pk in sorted(ids - there))


def may_write(by, unit) -> None:
    if unit is None or not has(by, Permission.PROGRAMME_WRITE, unit):
        raise PermissionDenied


def _locked(row):
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
