"""The sweep removes what no row refers to, and nothing else, also beside an upload."""

import threading
from datetime import timedelta
from io import StringIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from programs.activities.models import ActivityEntry
from programs.attachments import actions, storage, sweeping
from programs.attachments.errors import AlreadyThere
from programs.attachments.models import Photo
from tests.factories.activities import new_session, saved
from tests.factories.cast import make_cast
from tests.programs.attachments.test_actions import add, on_disk

TOMORROW = timedelta(days=1, hours=1)


def orphan(data=b"nobody's") -> str:
    sha256 = storage.digest_of(data)
    default_storage.save(storage.name_of(sha256), ContentFile(data))
    return sha256


def test_only_old_orphans_go(cast, entry, media):
    photo = add(entry, cast.officer)
    lost = orphan()
    default_storage.save(f"{storage.HALF}/tmp1", ContentFile(b"half"))
    default_storage.save("khac/tep", ContentFile(b"another room's"))
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert "0 tệp" in out.getvalue() and lost in on_disk(media), "too young"
    assert sweeping.sweep(now=timezone.now() + TOMORROW) == 2
    assert on_disk(media) == {photo.sha256, photo.thumbnail, "tep"}
    assert sweeping.sweep(now=timezone.now() + TOMORROW) == 0


def test_files_of_removed_photos_are_kept_for_a_month(cast, entry, media):
    photo = add(entry, cast.officer)
    actions.remove(attachment=photo, reason="Ảnh mờ", by=cast.officer)
    sweeping.sweep(now=timezone.now() + timedelta(days=29))
    assert len(on_disk(media)) == 2
    sweeping.sweep(now=timezone.now() + timedelta(days=31))
    assert on_disk(media) == set()
    photo.refresh_from_db()
    assert photo.erased_at and photo.removal_reason == "Ảnh mờ"


def test_the_same_photo_from_two_people_at_once(live_db, media):
    """A double click, or two officers: one row, its files there, and the others hear that it is there."""
    cast = make_cast()
    entry = ActivityEntry.objects.get(pk=saved(new_session(cast.officer)).pk)
    heard, ready = [], threading.Barrier(4)

    def send(by):
        try:
            ready.wait(20)
            heard.append(add(entry, by).pk)
        except AlreadyThere as already:
            heard.append(-already.attachment.pk)
        finally:
            connection.close()

    people = (cast.officer, cast.colleague, cast.leader, cast.front_leader)
    senders = [threading.Thread(target=send, args=[by]) for by in people]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(30)
    photo = Photo.objects.get()
    assert sorted(heard) == [-photo.pk] * 3 + [photo.pk]
    assert on_disk(media) == {photo.sha256, photo.thumbnail}


def test_what_somebody_is_just_adding_stays(live_db, media):
    """The file is there, its row is not committed yet: a sweep in another session must not take it."""
    cast = make_cast()
    entry = ActivityEntry.objects.get(pk=saved(new_session(cast.officer)).pk)
    swept = []

    def sweep_elsewhere():
        try:
            swept.append(sweeping.sweep(now=timezone.now() + TOMORROW))
        finally:
            connection.close()

    with transaction.atomic():
        photo = add(entry, cast.officer)
        other = threading.Thread(target=sweep_elsewhere)
        other.start()
        other.join(30)
        assert swept == [0] and not photo.is_missing
    assert Photo.objects.count() == 1
    sweep_elsewhere()
    assert swept == [0, 0] and len(on_disk(media)) == 2
