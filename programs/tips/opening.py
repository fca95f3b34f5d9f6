"""Opening a contact: one person asks with a reason, another agrees, the opener opens it for who asked.

The web process has no key for it. The person who asked gets a key pair for this once: the private half goes
into a sealed field of the page, the public half into the row. The opener (`open_contacts`, a process of its
own) checks everything again, opens the contact and closes it for that half. Reading it empties the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey, PublicKey

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.units.text import nfc
from programs.tips.errors import TipError
from programs.tips.handling import note
from programs.tips.models import ContactOpening, SealedContact, Tip
from programs.tips.sealing import Unreadable, key_id, open_contact, reseal_contact
from programs.tips.states import Verb

# An agreement that nobody used, and an opened contact that nobody read, are worth nothing after this.
AGREED_FOR, ANSWER_KEPT_FOR = timedelta(days=7), timedelta(minutes=15)
NOT_YOURS = "Chỉ người đề nghị được mở, khi lãnh đạo khác đã đồng ý."
GONE = "Đề nghị này không còn: nguồn tin đã chuyển đơn vị khác."
TWO_PERSONS = "Người đề nghị không tự duyệt được: cần một lãnh đạo khác."


@transaction.atomic
def ask_opening(*, tip: Tip, reason: str, by) -> ContactOpening:
    """Ask for the contact of a tip. One request stands at a time."""
    list(Tip.objects.select_for_update().filter(pk=tip.pk).values("pk"))
    if not SealedContact.objects.filter(tip=tip).exists():
        raise TipError("Người cung cấp không để lại thông tin liên hệ.")
    if tip.openings.filter(decided_by__isnull=True).exists():
        raise TipError("Đã có đề nghị đang chờ quyết định.")
    asked = ContactOpening.objects.create(tip=tip, reason=nfc(reason), asked_by=by)
    note(tip, Verb.OPENING_ASKED, by, reason)
    return asked


@transaction.atomic
def decide_opening(*, opening: ContactOpening, agreed: bool, by) -> None:
    """Another person than the one who asked says yes or no."""
    current = _locked(opening)
    if current.decided_by_id is not None:
        raise TipError("Đề nghị này đã có người quyết định.")
    if current.asked_by_id == by.pk:
        raise TipError(TWO_PERSONS)
    current.decided_by, current.decided_at, current.agreed = by, timezone.now(), agreed
    current.save(update_fields=["decided_by", "decided_at", "agreed"])
    note(current.tip, Verb.OPENING_APPROVED if agreed else Verb.OPENING_REFUSED, by)


@transaction.atomic
def request_opening(*, opening: ContactOpening, by) -> bytes:
    """Tell the opener to open it for `by`; the private key with which alone the answer can be read."""
    current = _locked(opening)
    if current.asked_by_id != by.pk or not current.agreed:
        raise TipError(NOT_YOURS)
    if current.opened_at or current.decided_at < timezone.now() - AGREED_FOR:
        raise TipError("Đề nghị này đã dùng hoặc hết hạn. Đề nghị lại nếu còn cần.")
    private = PrivateKey.generate()
    current.reader_key, current.requested_at = bytes(private.public_key), timezone.now()
    current.save(update_fields=["reader_key", "requested_at"])
    return bytes(private)


@transaction.atomic
def read_answer(*, opening: ContactOpening, private: bytes) -> dict | None:
    """The contact, once: reading takes it out of the database. None: the opener has not come to it yet."""
    current = _locked(opening)
    if current.answer is None:
        if current.opened_at:
            raise TipError("Thông tin liên hệ đã được xem hoặc đã hết hạn xem. Đề nghị lại nếu còn cần.")
        return None
    try:
        contact = open_contact(current.answer, PrivateKey(private))
    except Unreadable:
        raise TipError("Trang này không mở được thông tin liên hệ: hãy đề nghị lại.") from None
    current.answer = None
    current.save(update_fields=["answer"])
    return contact


def _locked(opening: ContactOpening) -> ContactOpening:
    rows = ContactOpening.objects.select_for_update(of=("self",))
    current = rows.filter(pk=opening.pk).first()
    if current is None:
        raise TipError(GONE)
    return current


@dataclass(frozen=True)
class KeyRing:
    """The private keys that the opener holds, by the id under which contacts name them."""

    keys: dict[str, PrivateKey]

    @classmethod
    def of(cls, texts) -> "KeyRing":
        """From hexadecimal texts. Raises ValueError."""
        private = [PrivateKey(bytes.fromhex(text)) for text in texts]
        return cls({key_id(key.public_key): key for key in private})

    def __repr__(self):
        return f"KeyRing({', '.join(self.keys)})"


def open_wanted(ring: KeyRing) -> int:
    """Open what was asked for and agreed to; how many. Only the opener calls this."""
    forget_unread()
    wanted = ContactOpening.objects.filter(requested_at__isnull=False, opened_at__isnull=True)
    return sum(_open_one(pk, ring) for pk in wanted.order_by("requested_at").values_list("pk", flat=True))


def forget_unread() -> int:
    """Take away what was opened and not read in time."""
    late = ContactOpening.objects.filter(answer__isnull=False, opened_at__lt=timezone.now() - ANSWER_KEPT_FOR)
    return late.update(answer=None)


@transaction.atomic
def _open_one(pk: int, ring: KeyRing) -> bool:
    rows = ContactOpening.objects.select_for_update(of=("self",), skip_locked=True)
    opening = (
        rows.select_related("tip__handling_unit", "asked_by", "decided_by")
        .filter(pk=pk, opened_at__isnull=True)
        .first()
    )
    contact = opening and SealedContact.objects.filter(tip=opening.tip_id).first()
    private = contact and ring.keys.get(contact.key_id)
    if not private or not _may_be_opened(opening):
        return False
    opening.answer = reseal_contact(contact.box, private, PublicKey(bytes(opening.reader_key)))
    opening.opened_at = timezone.now()
    opening.save(update_fields=["answer", "opened_at"])
    note(opening.tip, Verb.CONTACT_OPENED, opening.asked_by, opening.reason)
    return True


def _may_be_opened(opening: ContactOpening) -> bool:
    """Two persons, lately, who both still may at its unit: the opener trusts no page with this."""
    in_time = opening.decided_at and opening.decided_at >= timezone.now() - AGREED_FOR
    two = opening.agreed and opening.decided_by_id not in (None, opening.asked_by_id)
    unit = opening.tip.handling_unit
    return bool(
        in_time
        and two
        and has(opening.asked_by, Permission.TIP_HANDLE, unit)
        and has(opening.decided_by, Permission.TIP_APPROVE, unit)
    )


def rotate(
    ring: KeyRing, target: PublicKey, *, batch: int = 100, step: Callable[[int], None] = lambda moved: None
) -> tuple[int, int]:
    """Move all contacts to the key `target`: (moved, left because no key here opens them).

    A batch is a transaction: stopped at any moment and run again, it goes on with the rest. Two at once share
    the work. `step` is told after each batch how many were moved so far.
    """
    moved, last = 0, 0
    while True:
        done, last = _rotate_batch(ring, target, last, batch)
        if last is None:
            break
        moved += done
        step(moved)
    left = SealedContact.objects.exclude(key_id=key_id(target)).count()
    return moved, left


@transaction.atomic
def _rotate_batch(ring: KeyRing, target: PublicKey, after: int, batch: int) -> tuple[int, int | None]:
    """(moved, key of the last row looked at; None when there was none)."""
    old = SealedContact.objects.exclude(key_id=key_id(target)).filter(
        pk__gt=after, key_id__in=list(ring.keys)
    )
    rows = list(old.select_for_update(skip_locked=True).order_by("pk")[:batch])
    for row in rows:
        row.box, row.key_id = reseal_contact(row.box, ring.keys[row.key_id], target), key_id(target)
    SealedContact.objects.bulk_update(rows, ["box", "key_id"])
    return len(rows), rows[-1].pk if rows else None
