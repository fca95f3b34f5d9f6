"""Adding, captioning, removing. Keyword-only, atomic, with `by=`; the history is written by triggers.

Errors: PermissionDenied, Refused and its kinds (see `errors`; nothing was kept then, neither row nor file).
"""

from collections.abc import Callable
from contextlib import suppress

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.files import documents
from portal.files.errors import Refused
from portal.files.names import clean_name
from portal.files.pictures import Picture
from portal.units.text import nfc
from programs.activities.actions import may_change
from programs.activities.models import ActivityEntry
from programs.attachments import limits, storage
from programs.attachments.errors import AlreadyThere
from programs.attachments.models import Attachment, Evidence, Photo
from programs.attachments.sweeping import discard_unreferenced

DELETED = "Hoạt động này đã bị xóa. Khôi phục trước khi thêm ảnh, tài liệu."
NO_REASON = "Ghi lý do gỡ."
GONE = "Tệp này đã được gỡ trước đó."


def add_photo(*, entry: ActivityEntry, picture: Picture, caption: str = "", by) -> Photo:
    """Keep a decoded picture as a photo of the activity. Raises AlreadyThere, Refused, NoRoom."""

    def build(locked, place):
        sha256 = storage.put(picture.jpeg)
        like = _same_unit(locked).like(sha256=sha256, look=picture.look)
        return Photo(
            entry=locked,
            place=place,
            caption=nfc(caption).strip(),
            sha256=sha256,
            thumbnail=storage.put(picture.thumbnail),
            size=len(picture.jpeg),
            width=picture.width,
            height=picture.height,
            look=picture.look,
            resembles=like.first(),
            added_by=by,
        )

    files = (picture.jpeg, picture.thumbnail)
    return _add(Photo, entry, files, build, most=limits.PHOTOS_PER_ENTRY, what="ảnh", by=by)


def add_evidence(*, entry: ActivityEntry, data: bytes, sent_name: str, title: str = "", by) -> Evidence:
    """Keep a PDF or Word document as it is. Raises AlreadyThere, Refused, NoRoom."""
    kind = documents.kind_of(data)
    name = clean_name(sent_name, kind, fallback="tai-lieu")

    def build(locked, place):
        return Evidence(
            entry=locked,
            place=place,
            title=nfc(title).strip() or name.rsplit(".", 1)[0],
            name=name,
            kind=kind,
            sha256=storage.put(data),
            size=len(data),
            added_by=by,
        )

    return _add(Evidence, entry, (data,), build, most=limits.EVIDENCE_PER_ENTRY, what="tài liệu", by=by)


def _add(model, entry, files, build: Callable, *, most: int, what: str, by) -> Attachment:
    """Row and files together; what was written to the disk is taken back when the row does not come about."""
    sha256s = [storage.digest_of(data) for data in files]
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, verb="attach"):
            locked = _locked(entry, by)
            known = model.objects.kept().filter(entry=locked, sha256=sha256s[0]).first()
            if known:
                raise AlreadyThere(known)
            attachment = build(locked, _free_place(model, locked, most, what))
            attachment.save(force_insert=True)
            return attachment
    except BaseException:
        with suppress(DatabaseError, OSError):  # with the database or the disk gone it is left to the sweep
            discard_unreferenced(sha256s)
        raise


def _locked(entry: ActivityEntry, by) -> ActivityEntry:
    """The activity, held so that two uploads do not take one place; PermissionDenied without the right."""
    locked = ActivityEntry.objects.select_for_update(of=("self",)).select_related("unit").get(pk=entry.pk)
    if not may_change(activity=locked.activity(), by=by):
        raise PermissionDenied
    if not locked.live:
        raise Refused(DELETED)
    return locked


def _free_place(model, entry, most: int, what: str) -> int:
    taken = set(model.objects.kept().filter(entry=entry).values_list("place", flat=True))
    free = next((place for place in range(1, most + 1) if place not in taken), None)
    if free is None:
        raise Refused(f"Mỗi hoạt động có tối đa {most} {what}. Gỡ bớt trước khi thêm.")
    return free


def _same_unit(entry):
    """The photos of the unit's other live activities, where the same photo twice would be odd."""
    return Photo.objects.kept().filter(entry__unit=entry.unit_id, entry__live=True).exclude(entry=entry)


@transaction.atomic
def caption_photo(*, photo: Photo, caption: str, by) -> Photo:
    """Change the caption of a photo that is still there."""
    _locked(photo.entry, by)
    current = Photo.objects.select_for_update().kept().filter(pk=photo.pk).first()
    if current is None:
        raise Refused(GONE)
    current.caption = nfc(caption).strip()
    with pghistory.context(user=by.pk, verb="caption"):
        current.save(update_fields=["caption"])
    return current


@transaction.atomic
def remove(*, attachment: Attachment, reason: str, by) -> Attachment:
    """Take a photo or document off its activity. The file goes after a while (see `sweeping`)."""
    _locked(attachment.entry, by)
    current = type(attachment).objects.select_for_update().get(pk=attachment.pk)
    if current.removed_at:
        raise Refused(GONE)
    return _removed(current, reason, by)


def _removed(current, reason, by):
    reason = nfc(reason or "").strip()
    if not reason:
        raise Refused(NO_REASON)
    current.removed_at, current.removed_by, current.removal_reason = timezone.now(), by, reason
    with pghistory.context(user=by.pk, verb="detach"):
        current.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    return current


@transaction.atomic
def erase_all(*, entry: ActivityEntry, reason: str, by) -> int:
    """Take every photo and document off an activity and their files off the disk, for good; how many.

    For the takedown of a secret: whoever calls this has checked the right to, and sees to the history.
    Captions, titles and names go too. Files that another activity refers to stay.
    """
    sha256s = []
    for model in (Photo, Evidence):
        for row in model.objects.select_for_update().filter(entry=entry, erased_at=None):
            row = row if row.removed_at else _removed(row, reason, by)
            row.erased_at = timezone.now()
            row.forget_words()
            row.save()
            sha256s += [row.sha256, getattr(row, "thumbnail", row.sha256)]
    transaction.on_commit(lambda: discard_unreferenced(sha256s))
    return len(sha256s) // 2
