"""A tip that an awareness session brought in is one of those that the session counts, never one more.

And never none: what the session does not count, counts by itself.
"""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from portal.access.permissions import Permission
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind
from programs.tips.errors import Overtaken, TipError
from programs.tips.handling import change
from programs.tips.models import Tip, Tombstone

KIND = "tuyen-truyen"
NO_SESSION = "Không có buổi tuyên truyền số này trong sổ theo dõi của đơn vị nơi xảy ra."
MERGED = "Nguồn tin này đã gộp: gắn ở nguồn tin chính."
ALL_LINKED = (
    "Buổi này ghi thu được {} nguồn tin có giá trị và đã gắn đủ. "
    "Sửa số đã ghi ở buổi tuyên truyền trước, rồi gắn."
)


@transaction.atomic
def link_session(*, tip: Tip, seen: int, entry: int, by) -> None:
    """The tip is one of the valuable tips typed on the session, which counts it while it counts itself."""
    if tip.revision != seen:
        raise Overtaken
    if tip.merged_into_id:
        raise TipError(MERGED)
    sessions = ActivityEntry.objects.visible_to(by, Permission.LOG_VIEW).live().of_kind(KIND)
    found = sessions.select_for_update(of=("self",)).filter(pk=entry, unit=tip.unit).first()
    if found is None:
        raise TipError(NO_SESSION)
    typed = found.activity().valuable_tips or 0
    here, gone = linked_to(entry)
    if here.exclude(pk=tip.pk).count() + gone.count() >= typed:
        raise TipError(ALL_LINKED.format(typed))
    change(tip, seen, session=found)


@transaction.atomic
def unlink_session(*, tip: Tip, seen: int, by) -> None:
    """It counts by itself again."""
    change(tip, seen, session=None)


def linked_to(entry: int) -> tuple:
    """(tips, tombstones) linked to a session: what was deleted keeps its place, what was merged has none."""
    return Tip.objects.roots().filter(session=entry), Tombstone.objects.filter(merged=False, session=entry)


def counted_alone() -> tuple:
    """(tips, tombstones) that no session counts: each tip is in one of these or in the number of its session.

    A session counts as many of its tips as were typed on it, the earliest first, and only while it counts
    itself: not once it was deleted, nor while it waits for the Front.
    """
    gone = Tombstone.objects.filter(merged=False, counted_by_session=False)
    return _alone(Tip.objects.roots(), "pk"), _alone(gone, "tip")


def _alone(rows, key: str):
    sessions = kind(KIND).model.objects.filter(pk=OuterRef("session"))
    is_void = Q(session__live=False) | Q(session__awaits_front=True)
    told = rows.alias(
        typed=Subquery(sessions.values("valuable_tips")[:1]),
        before=_earlier(Tip.objects.roots(), "pk", key)
        + _earlier(Tombstone.objects.filter(merged=False), "tip", key),
    )
    return told.filter(Q(session__isnull=True) | is_void | Q(typed__isnull=True) | Q(before__gte=F("typed")))


def _earlier(rows, theirs: str, mine: str):
    """How many of `rows` were linked to the same session and came before."""
    same = rows.filter(**{"session": OuterRef("session"), f"{theirs}__lt": OuterRef(mine)})
    counts = same.order_by().values("session").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)
