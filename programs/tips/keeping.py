"""How long a tip is kept: holding it back from deletion, and deleting it when its term is over."""

from django.db import transaction
from django.utils import timezone

from programs.tips.errors import TipError
from programs.tips.handling import change, note
from programs.tips.models import Tip, Tombstone
from programs.tips.states import Verb

BATCH = 200


@transaction.atomic
def hold(*, tip: Tip, seen: int, reason: str, by) -> None:
    """Kept whatever its term says, with what was merged into it, until somebody lets it go."""
    _refuse_merged(tip)
    change(tip, seen, held=True, held_reason=reason)
    tip.merged.update(held=True, held_reason=reason)
    note(tip, Verb.HELD, by)


@transaction.atomic
def release(*, tip: Tip, seen: int, by) -> None:
    """Its term counts again; one that is over means that it is deleted the next night."""
    _refuse_merged(tip)
    change(tip, seen, held=False, held_reason="")
    tip.merged.update(held=False, held_reason="")
    note(tip, Verb.RELEASED, by)


def purge(today=None) -> int:
    """Delete what is due, row and files, and leave a tombstone for the count of each; how many went.

    Each tip goes in a transaction of its own, with those merged into it: stopped halfway and run again, it
    goes on. A tip that came back with a backup is due as it was before and goes again.
    """
    today = today or timezone.localdate()
    gone = 0
    while batch := list(
        Tip.objects.due_for_purge(today).roots().order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        gone += sum(_bury(pk, today) for pk in batch)
    return gone


@transaction.atomic
def _bury(pk: int, today) -> int:
    due = Tip.objects.due_for_purge(today).roots().select_for_update(of=("self",)).filter(pk=pk)
    root = due.without_content().first()
    if root is None:  # held, or gone, since the batch was read
        return 0
    group = [*root.merged.without_content(), root]
    # One of a backup may have its tombstone already: written before, brought back with the row.
    Tombstone.objects.bulk_create([_tombstone(tip, root, today) for tip in group], ignore_conflicts=True)
    Tip.objects.filter(merged_into=pk).delete()
    Tip.objects.filter(pk=pk).delete()
    return len(group)


def _tombstone(tip: Tip, root: Tip, today) -> Tombstone:
    return Tombstone(
        tip=tip.pk,
        # One about an officer counts above: a number must not tell the commune of it.
        unit_id=tip.unit.today_province_id if tip.about_officer else tip.unit_id,
        category=tip.category,
        channel=tip.channel,
        received_on=tip.received_on,
        closed_on=tip.closed_on,
        outcome=tip.outcome,
        session_id=tip.session_id,
        merged=tip.pk != root.pk,
        purged_on=today,
    )


def _refuse_merged(tip: Tip) -> None:
    if tip.merged_into_id:
        raise TipError("Nguồn tin này đã gộp: giữ hoặc bỏ giữ ở nguồn tin chính.")
