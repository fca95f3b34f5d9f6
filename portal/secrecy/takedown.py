"""Taking a text down: one transaction, one tombstone, every room that holds the words (registry.py)."""

import pghistory
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.accounts.choices import Role
from portal.secrecy import registry, tombstone_list
from portal.secrecy.erasing import MARK, holds
from portal.secrecy.registry import Piece, Target
from portal.secrecy.tombstones import Takedown

BASIS_QUOTES = "Căn cứ chỉ ghi số, ký hiệu văn bản, không ghi lại nội dung phải gỡ."


def pieces_of(target: Target) -> list[Piece]:
    """What a takedown would clear, and what it would leave for people to see to."""
    return [piece for handler in registry.handlers() for piece in handler(target)]


@transaction.atomic
def take_down(*, target: Target, ground: str, basis: str = "", by, token) -> Takedown:
    """Clear every piece of the words and leave a tombstone; the same form sent again is the same takedown.

    Raises PermissionDenied, ValidationError.
    """
    if not has(by, Permission.SECRET_TAKEDOWN):
        raise PermissionDenied
    known = Takedown.objects.filter(client_token=token, by=by).first()
    if known:
        return known
    if basis and holds(basis, (*target.words, *target.found.texts)):
        raise ValidationError({"basis": BASIS_QUOTES})
    return _erased(target, ground=ground, basis=basis, by=by, client_token=token, role=_role_of(by))


def _erased(target: Target, *, by, at=None, **fields) -> Takedown:
    """Tombstone first, since it is what opens the way; then all pieces."""
    pieces = pieces_of(target)
    takedown = Takedown.objects.create(
        place=target.place,
        subject=target.subject,
        part=target.part,
        unit=target.found.unit,
        by=by,
        at=at or timezone.now(),
        touched=[[piece.label, piece.count] for piece in pieces if piece.count],
        rows=_rows(pieces),
        **fields,
    )
    with pghistory.context(user=by.pk, verb="takedown"):
        for piece in pieces:
            if piece.erase:
                piece.erase(takedown, by)
    transaction.on_commit(lambda: tombstone_list.append(takedown))
    return takedown


def take_down_again(*, line: dict, by) -> Takedown | None:
    """Apply a line of the tombstone list to a restored database; None when its subject is not there.

    Words that were typed for the first takedown are kept nowhere. The rows that they were found in are, and
    are cleared as a whole.
    """
    with transaction.atomic():
        found = registry.find(line["place"], line["subject"])
        if found is None or Takedown.objects.filter(client_token=line["client_token"]).exists():
            return None
        target = Target(line["place"], line["subject"], found, line["part"])
        takedown = _erased(
            target,
            **{name: line[name] for name in ("ground", "basis", "role", "client_token")},
            at=tombstone_list.moment(line["at"]),
            by=by,
        )
        for clear in registry.rows_clearers():
            clear(takedown, line["rows"])
        return takedown


def _rows(pieces) -> dict:
    rows: dict[str, list] = {}
    for piece in pieces:
        for table, ids in piece.rows.items():
            rows[table] = sorted({*rows.get(table, ()), *ids})
    return rows


def _role_of(by) -> str:
    role = next((p.role for p in by.postings_in_force() if p.role == Role.ADMIN), Role.ADMIN)
    return Role(role).label


def sessions_with(target: Target) -> list[Piece]:
    """Sessions that still carry a message with the words; whoever is signed in there signs in anew."""
    words = (*target.words, *target.found.texts)
    keys = [
        session.pk
        for session in Session.objects.iterator()
        if holds(str(session.get_decoded()), words)
    ] if any(words) else []  # fmt: skip
    return [Piece("Phiên đăng nhập còn nhắc đến", len(keys), lambda takedown, by: _end(keys))] if keys else []


def _end(keys) -> None:
    Session.objects.filter(pk__in=keys).delete()


def admin_log_with(target: Target) -> list[Piece]:
    """What the administrators' pages noted when something was called so; that something was done stays."""
    words = (*target.words, *target.found.texts)
    noted = LogEntry.objects.iterator() if words else ()
    ids = [entry.pk for entry in noted if holds(f"{entry.object_repr} {entry.get_change_message()}", words)]

    def clear(takedown, by):
        LogEntry.objects.filter(pk__in=ids).update(object_repr=MARK, change_message="")

    return [Piece("Nhật ký của trang quản trị", len(ids), clear)] if ids else []
