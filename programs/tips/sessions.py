"""A tip that an awareness session brought in is one of those that the session counts, never one more."""

from django.db import transaction

from portal.access.permissions import Permission
from programs.activities.models import ActivityEntry
from programs.tips.errors import Overtaken, TipError
from programs.tips.handling import change
from programs.tips.models import Tip

KIND = "tuyen-truyen"
NO_SESSION = "Không có buổi tuyên truyền số này trong sổ theo dõi của đơn vị nơi xảy ra."
MERGED = "Nguồn tin này đã gộp: gắn ở nguồn tin chính."
ALL_LINKED = (
    "Buổi này ghi thu được {} nguồn tin có giá trị và đã gắn đủ. "
    "Sửa số đã ghi ở buổi tuyên truyền trước, rồi gắn."
)


@transaction.atomic
def link_session(*, tip: Tip, seen: int, entry: int, by) -> None:
    """The tip is one of the valuable tips typed on the session; from now on the session alone counts it."""
    if tip.revision != seen:
        raise Overtaken
    if tip.merged_into_id:
        raise TipError(MERGED)
    sessions = ActivityEntry.objects.visible_to(by, Permission.LOG_VIEW).live().of_kind(KIND)
    found = sessions.select_for_update(of=("self",)).filter(pk=entry, unit=tip.unit).first()
    if found is None:
        raise TipError(NO_SESSION)
    typed = found.activity().valuable_tips or 0
    if linked_to(entry).exclude(pk=tip.pk).count() >= typed:
        raise TipError(ALL_LINKED.format(typed))
    change(tip, seen, session=found)


@transaction.atomic
def unlink_session(*, tip: Tip, seen: int, by) -> None:
    """It counts by itself again."""
    change(tip, seen, session=None)


def linked_to(entry: int):
    """The tips that a session counts, each once: what was merged into another does not count."""
    return Tip.objects.roots().filter(session=entry)
