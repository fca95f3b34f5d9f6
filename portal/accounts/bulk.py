"""Accounts from a workbook: every row judged before anything is written, then all of them or none.

The one-time passwords are given back and shown once; only their hashes are kept.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.actions import create_account, reset_password
from portal.accounts.batches import AccountBatch
from portal.accounts.bulk_rows import judge
from portal.accounts.managing import given_units, managed_provinces, manages_all
from portal.accounts.models import Posting, User
from portal.files import workbook
from portal.units.text import nfc

State = AccountBatch.State


@dataclass(frozen=True)
class Slip:
    """What is printed for one person."""

    user: User
    password: str
    posting: Posting


def managed_batches(by):
    """The batches of the own province; all of them for a system administrator."""
    batches = AccountBatch.objects.select_related("by", "province")
    return batches if manages_all(by) else batches.filter(province__in=managed_provinces(by))


def receive(*, file_name: str, content: bytes, by) -> AccountBatch:
    """Judge a file. A table that was written before is given back as it was; raises workbook.Refused."""
    provinces = managed_provinces(by)
    if not manages_all(by) and not provinces:
        raise PermissionDenied
    table = workbook.read(workbook.checked(file_name, content))
    digest = table.digest()
    known = managed_batches(by).filter(content_hash=digest, state=State.DONE).first()
    if known:
        return known
    rows, findings = judge(table, by=by)
    return AccountBatch.objects.create(
        province_id=None if manages_all(by) else min(provinces),
        file_name=nfc(file_name)[-200:],
        content_hash=digest,
        state=State.FAULTY if findings else State.READY,
        rows=[] if findings else rows,
        findings=findings,
        row_count=len(rows),
        by=by,
    )


def write(*, batch: AccountBatch, by) -> list[Slip]:
    """Make all accounts of a checked batch; the slips, or none when it was written before."""
    try:
        with transaction.atomic():
            held = AccountBatch.objects.select_for_update().get(pk=batch.pk)
            if held.state != State.READY:
                return []
            slips = [_made(row, by) for row in held.rows]
            held.state, held.rows, held.done_at = State.DONE, [], timezone.now()
            held.save()
            held.accounts.set([slip.user for slip in slips])
            return slips
    except ValidationError as refused:
        _note(batch, refused.messages)
    except IntegrityError:
        _note(batch, ["Tệp này vừa được lập ở một lần gửi khác, hoặc có tên đăng nhập vừa bị trùng."])
    return []


def slips_again(*, batch: AccountBatch, by) -> list[Slip]:
    """New one-time passwords for those who have never signed in; what was printed before is worth nothing."""
    waiting = batch.accounts.filter(last_login=None, must_change_password=True, is_active=True)
    with transaction.atomic():
        users = list(waiting.select_for_update().order_by("username"))
        return [Slip(user, reset_password(user=user, by=by, quick=True), _posting_of(user)) for user in users]


def drop(*, batch: AccountBatch) -> None:
    """Forget the names of a file that is not wanted."""
    open_ones = AccountBatch.objects.filter(pk=batch.pk, state__in=[State.FAULTY, State.READY])
    open_ones.update(state=State.DROPPED, rows=[], findings=[])


def drop_outdated() -> int:
    """Forget the names of files that nobody has used for a day; how many."""
    return AccountBatch.objects.outdated().update(state=State.DROPPED, rows=[], findings=[])


def _note(batch, messages) -> None:
    AccountBatch.objects.filter(pk=batch.pk, state=State.READY).update(
        state=State.FAULTY, rows=[], findings=list(messages)
    )


def _made(row: dict, by) -> Slip:
    unit = given_units(by).filter(pk=row["unit"]).first()
    posting = {name: row[name] for name in ("side", "role", "title", "is_deputy")}
    posting |= {"unit": unit, "starts_on": date.fromisoformat(row["starts_on"])}
    names = {name: row[name] for name in ("username", "full_name", "email")}
    user, password = create_account(**names, by=by, postings=[posting], quick=True)
    return Slip(user, password, _posting_of(user))


def _posting_of(user) -> Posting:
    return user.postings.select_related("unit__parent").order_by("pk").last()
