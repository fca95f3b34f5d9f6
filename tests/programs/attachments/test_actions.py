"""Rows and files together: neither without the other, whatever fails in between."""

import errno
import os

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from portal.files.errors import Refused
from portal.files.pictures import Picture
from programs.attachments import actions, limits, storage
from programs.attachments.errors import AlreadyThere, NoRoom
from programs.attachments.models import Evidence, Photo
from tests.factories import files


def picture(seed=0, look=0x0F0F0F0F0F0F0F0F) -> Picture:
    """As the decoder gives it, without asking the decoder."""
    small = files.jpeg(seed, (48, 36))
    return Picture(files.jpeg(seed), small, 640, 480, look)


def on_disk(media) -> set[str]:
    return {path.name for path in media.rglob("*") if path.is_file()}


def add(entry, by, seed=0, **more):
    return actions.add_photo(entry=entry, picture=picture(seed, **more), by=by)


def test_a_photo_is_a_row_and_two_files(cast, entry, media):
    photo = actions.add_photo(entry=entry, picture=picture(), caption="  Phần lễ ", by=cast.officer)
    assert (photo.place, photo.caption, photo.added_by) == (1, "Phần lễ", cast.officer)
    assert on_disk(media) == {photo.sha256, photo.thumbnail}
    assert storage.open_file(photo.sha256).read() == picture().jpeg
    assert not photo.is_missing
    assert oct(os.stat(default_storage.path(storage.name_of(photo.sha256))).st_mode)[-3:] == "640"


def test_the_same_photo_twice_is_kept_once(cast, entry, other_entry, media):
    first = add(entry, cast.officer)
    with pytest.raises(AlreadyThere) as refusal:
        add(entry, cast.colleague)
    assert refusal.value.attachment == first and not first.is_missing
    second = add(other_entry, cast.officer)
    assert second.sha256 == first.sha256 and len(on_disk(media)) == 2
    assert second.resembles == first


@pytest.mark.parametrize(("bits", "alike"), [(0, True), (5, True), (6, False), (30, False)])
def test_a_photo_that_looks_the_same_is_pointed_out(bits, alike, cast, entry, other_entry):
    first = add(entry, cast.officer, 1)
    turned = first.look ^ (1 << bits) - 1
    second = add(other_entry, cast.officer, 2, look=turned)
    assert (second.resembles == first) is alike


def test_plain_surfaces_do_not_look_alike(cast, entry, other_entry):
    add(entry, cast.officer, 1, look=0)
    assert add(other_entry, cast.officer, 2, look=0).resembles is None


def test_negative_looks_are_compared_too(cast, entry, other_entry):
    first = add(entry, cast.officer, 1, look=-0x0F0F0F0F0F0F0F0F)
    assert add(other_entry, cast.officer, 2, look=first.look ^ 3).resembles == first


def test_no_more_than_ten(cast, entry, media):
    for seed in range(limits.PHOTOS_PER_ENTRY):
        last = add(entry, cast.officer, seed)
    before = on_disk(media)
    with pytest.raises(Refused, match="tối đa 10 ảnh"):
        add(entry, cast.officer, 99)
    assert on_disk(media) == before
    actions.remove(attachment=last, reason="Ảnh mờ", by=cast.officer)
    assert add(entry, cast.officer, 99).place == last.place
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=last.pk).update(removed_at=None, removed_by=None, removal_reason="")


@pytest.mark.parametrize("who", ["neighbour", "province", "province_leader", "national", "admin"])
def test_only_officers_of_the_commune_add(who, cast, entry, media):
    by = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        add(entry, by)
    with pytest.raises(PermissionDenied):
        actions.add_evidence(entry=entry, data=files.pdf(), sent_name="x.pdf", by=by)
    photo = add(entry, cast.officer)
    for attempt in (
        lambda: actions.remove(attachment=photo, reason="Không hợp", by=by),
        lambda: actions.caption_photo(photo=photo, caption="x", by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert on_disk(media) == {photo.sha256, photo.thumbnail}


def test_a_full_disk_leaves_nothing(cast, entry, media, monkeypatch):
    """The second file does not fit: no row, no first file, no half of the second."""
    real, calls = os.fsync, []

    def full(handle):
        calls.append(handle)
        if len(calls) == 3:  # the first file and its folder went well
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom) as refusal:
        add(entry, cast.officer)
    assert "hết chỗ" in refusal.value.message
    assert on_disk(media) == set() and not Photo.objects.exists()
    monkeypatch.undo()
    assert add(entry, cast.officer)


def test_a_failing_transaction_leaves_nothing(cast, entry, media, monkeypatch):
    def fails(self, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr(Photo, "save", fails)
    with pytest.raises(DatabaseError):
        add(entry, cast.officer)
    assert on_disk(media) == set() and not Photo.objects.exists()


def test_a_failure_does_not_take_another_ones_file(cast, entry, other_entry, media, monkeypatch):
    kept = add(entry, cast.officer)
    monkeypatch.setattr(Photo, "save", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(other_entry, cast.officer)
    assert on_disk(media) == {kept.sha256, kept.thumbnail}


def test_a_file_that_was_cut_short_is_written_anew(cast, entry, other_entry):
    """After a power cut on a disk that lied: the next one who sends the content mends it."""
    photo = add(entry, cast.officer)
    with open(default_storage.path(storage.name_of(photo.sha256)), "r+b") as file:
        file.truncate(10)
    add(other_entry, cast.officer)
    assert storage.open_file(photo.sha256).read() == picture().jpeg


def test_removing_needs_a_reason_and_keeps_the_row(cast, entry):
    photo = add(entry, cast.officer)
    with pytest.raises(Refused, match="lý do"):
        actions.remove(attachment=photo, reason="  ", by=cast.officer)
    gone = actions.remove(attachment=photo, reason="Ảnh có người không liên quan", by=cast.colleague)
    assert (gone.removed_by, gone.removal_reason) == (cast.colleague, "Ảnh có người không liên quan")
    assert not Photo.objects.kept().exists()
    with pytest.raises(Refused, match="trước đó"):
        actions.remove(attachment=photo, reason="Lần nữa", by=cast.officer)
    with pytest.raises(Refused, match="trước đó"):
        actions.caption_photo(photo=photo, caption="Chú thích mới", by=cast.officer)


def test_everything_has_its_history(cast, entry):
    photo = add(entry, cast.officer)
    actions.caption_photo(photo=photo, caption="Phần hội", by=cast.colleague)
    actions.remove(attachment=photo, reason="Ảnh mờ", by=cast.officer)
    events = Photo.pgh_event_model.objects.filter(pgh_obj_id=photo.pk).order_by("pk")
    told = [(event.pgh_context.metadata["user"], event.pgh_context.metadata["verb"]) for event in events]
    assert told == [
        (cast.officer.pk, "attach"),
        (cast.colleague.pk, "caption"),
        (cast.officer.pk, "detach"),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(caption="khác")


def test_a_deleted_activity_takes_no_photos(cast, entry):
    record = entry.activity()
    record.deleted_at, record.deleted_by, record.deletion_reason = timezone.now(), cast.officer, "Nhập trùng"
    record.save()
    with pytest.raises(Refused, match="đã bị xóa"):
        add(entry, cast.officer)


def test_evidence_keeps_its_bytes_and_a_tame_name(cast, entry, media):
    data = files.pdf()
    found = actions.add_evidence(
        entry=entry, data=data, sent_name="..\\..\\Biên bản\u202efdp.exe", by=cast.officer
    )
    assert (found.name, found.kind, found.title) == ("Biên bảnfdp.exe.pdf", "pdf", "Biên bảnfdp.exe")
    assert storage.open_file(found.sha256).read() == data
    with pytest.raises(AlreadyThere):
        actions.add_evidence(entry=entry, data=data, sent_name="khác.pdf", by=cast.officer)
    assert on_disk(media) == {found.sha256}


def test_a_takedown_reaches_removed_files_and_spares_others(
    cast, entry, other_entry, media, django_capture_on_commit_callbacks
):
    shown, removed = add(entry, cast.officer, 1), add(entry, cast.officer, 2)
    actions.caption_photo(photo=removed, caption="Kế hoạch mật", by=cast.officer)
    actions.remove(attachment=removed, reason="Ảnh mờ", by=cast.officer)
    elsewhere = add(other_entry, cast.officer, 1)
    actions.add_evidence(entry=entry, data=files.docx(), sent_name="a.docx", by=cast.officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase_all(entry=entry, reason="Có nội dung mật", by=cast.admin) == 3
    assert on_disk(media) == {elsewhere.sha256, elsewhere.thumbnail}
    assert not Photo.objects.filter(entry=entry, erased_at=None).exists()
    assert not Evidence.objects.filter(entry=entry, removed_at=None).exists()
    assert shown.sha256 == elsewhere.sha256
    assert {photo.caption for photo in Photo.objects.filter(entry=entry)} == {""}
    assert Evidence.objects.get().title == "Tài liệu đã xóa" and Evidence.objects.get().name == "da-xoa.docx"
