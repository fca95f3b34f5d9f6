"""Removing files that no row refers to: at once after a failure, by a daily job after a crash."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from programs.attachments import storage
from programs.attachments.models import Evidence, Photo

logger = logging.getLogger(__name__)
YOUNG = timedelta(days=1)
# What was removed by mistake is still on the disk for a while, under the SHA-256 that its row names.
KEEP_REMOVED = timedelta(days=30)
DONE_IN_ONE_GO = 500
# Rooms above that keep files of their own say which of some are theirs: `keeper(sha256s)` -> those in use.
_KEEPERS: list[Callable[[set[str]], Iterable[str]]] = []


def register_keeper(keeper: Callable[[set[str]], Iterable[str]]) -> None:
    """Let a room above have its files kept too."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def referenced(sha256s) -> set[str]:
    """Those of the files that a row refers to."""
    wanted = set(sha256s)
    photos = Photo.objects.referring_to(wanted).values_list("sha256", "thumbnail")
    evidence = Evidence.objects.referring_to(wanted).values_list("sha256")
    elsewhere = {sha256 for keeper in _KEEPERS for sha256 in keeper(wanted)}
    return wanted & (elsewhere | {sha256 for row in (*photos, *evidence) for sha256 in row})


def discard_unreferenced(sha256s) -> int:
    """Remove those files that nobody refers to or is just adding; how many. A full disk does not stop it."""
    return sum(_discard(sha256) for sha256 in dict.fromkeys(sha256s))


@transaction.atomic
def _discard(sha256: str) -> bool:
    if not storage.exists(sha256) or not storage.hold_alone(sha256) or referenced([sha256]):
        return False
    storage.remove(sha256)
    return True


def sweep(*, now=None) -> int:
    """Remove what is unreferenced and older than a day, and halves of writes that broke off; how many files.

    `now` is for tests. Safe beside uploads, and to be broken off and run again.
    """
    now = now or timezone.now()
    erase_long_removed(before=now - KEEP_REMOVED)
    gone, batch = 0, []
    for sha256 in storage.stored():
        batch.append(sha256)
        if len(batch) == DONE_IN_ONE_GO:
            gone, batch = gone + _sweep(batch, now), []
    return gone + _sweep(batch, now) + _sweep_halves(now)


def erase_long_removed(*, before) -> int:
    """Let go of the files of attachments that were removed before a moment; their rows stay."""
    done = 0
    for model in (Photo, Evidence):
        rows = model.objects.filter(removed_at__lt=before, erased_at=None)
        done += rows.update(erased_at=timezone.now())
    return done


def _sweep(sha256s, now) -> int:
    idle = sorted(set(sha256s) - referenced(sha256s))
    gone = discard_unreferenced(one for one in idle if _age(storage.name_of(one), now) > YOUNG)
    if gone:
        logger.info("swept %d files that no row refers to", gone)
    return gone


def _sweep_halves(now) -> int:
    old = [
        name
        for name in (f"{storage.HALF}/{half}" for half in storage.listed(storage.HALF))
        if _age(name, now) > YOUNG
    ]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _age(name: str, now) -> timedelta:
    try:
        return now - default_storage.get_modified_time(name)
    except FileNotFoundError:  # somebody else swept it
        return timedelta(0)
