"""What officers do with a tip. Every verb names the revision that the officer saw: who comes second has lost.

All raise TipError (Vietnamese, may be shown), Overtaken when somebody else was quicker. What the database
would refuse is refused here first: PostgreSQL writes the whole row that fails a check into its log.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has
from programs.tips import storing
from programs.tips.clocks import coarse_now, deadlines, purge_day
from programs.tips.errors import Overtaken, TipError
from programs.tips.models import ContactOpening, Tip, TipConflict, TipEvent, TipMessage
from programs.tips.sending import submission_key
from programs.tips.shield import refuse_concerned, refuse_unlike
from programs.tips.states import Category, Outcome, State, Verb

UNVERIFIED = (State.RECEIVED, State.CHECKING)
NOT_NOW = "Nguồn tin đang ở tình trạng khác, không làm bước này được nữa."
CRIME_FIRST = (
    "Tin báo về tội phạm phải chuyển cơ quan có thẩm quyền trước: ghi cơ quan nhận, số tiếp nhận, ngày."
)


def role_of(user, unit) -> str:
    """How an officer stands in what the sender reads: a role and a unit, never a name."""
    rank = "Lãnh đạo" if has(user, Permission.TIP_APPROVE, unit) else "Cán bộ"
    return f"{rank} Công an {unit.full_name_in_sentence}"[:100]


@transaction.atomic
def triage(*, tip: Tip, seen: int, category: str, by) -> None:
    """Take a tip up, or sort it anew: the clocks of its category run from the day it came."""
    _ready(tip, seen, *UNVERIFIED)
    answer_by, finish_by = deadlines(category, tip.received_on)
    is_new = tip.state == State.RECEIVED
    fields = {"category": category, "answer_by": answer_by, "finish_by": finish_by, "handled_by": by}
    change(tip, seen, state=State.CHECKING, **fields)
    tip.merged.update(category=category)
    if is_new:
        note(tip, Verb.TAKEN_UP, by)


@transaction.atomic
def ask(*, tip: Tip, text: str, token: bytes, by) -> bool:
    """A question that the sender reads with the code; False if this very one was asked already."""
    if not tip.is_open:
        raise TipError(NOT_NOW)
    day, half = coarse_now()
    pk = storing.insert(
        TipMessage,
        once_by="submission_key",
        tip_id=tip.pk,
        from_sender=False,
        text=text,
        sent_on=day,
        sent_half=half,
        submission_key=submission_key(token),
    )
    if pk is not None:
        note(tip, Verb.ASKED, by)
    return pk is not None


@transaction.atomic
def hand_over(*, tip: Tip, seen: int, body: str, number: str, on: date, by) -> None:
    """The competent body has it now: which, under which number, since when."""
    _ready(tip, seen, *UNVERIFIED)
    if not (body and number):
        raise TipError("Ghi cơ quan nhận và số tiếp nhận.")
    if not tip.received_on <= on <= timezone.localdate():
        raise TipError("Ngày chuyển phải từ ngày nhận nguồn tin đến hôm nay.")
    said = {"handed_over_to": body, "intake_number": number, "handed_over_on": on, "handled_by": by}
    change(tip, seen, state=State.HANDED_OVER, **said)
    note(tip, Verb.HANDED_OVER, by, f"{body}, số tiếp nhận {number}, ngày {on:%d/%m/%Y}")


@transaction.atomic
def pass_on(*, tip: Tip, seen: int, unit, by) -> None:
    """Another unit's police handles it from now on; this one no longer sees it."""
    _ready(tip, seen, *UNVERIFIED)
    if unit.pk == tip.handling_unit_id:
        raise TipError("Nguồn tin đang ở chính đơn vị này.")
    _move(tip, seen, unit, by)


@transaction.atomic
def pass_up(*, tip: Tip, seen: int, is_conflict: bool, by) -> None:
    """To the province's police; `is_conflict`: about an officer of the unit, which never has it again."""
    _ready(tip, seen, *UNVERIFIED)
    province = tip.handling_unit.today_province
    if province is None or province.pk == tip.handling_unit_id:
        raise TipError("Trên cấp tỉnh không có đơn vị trên cổng: chuyển cơ quan có thẩm quyền.")
    unit = tip.handling_unit
    _move(tip, seen, province, by, **({"about_officer": True} if is_conflict else {}))
    if is_conflict:
        TipConflict.objects.create(tip=tip, unit=unit)


@transaction.atomic
def merge(*, tip: Tip, seen: int, into: Tip, by) -> None:
    """`tip` says the same as `into`, which stands for both from now on: it is handled and counted once."""
    _lock(tip, into)
    into.refresh_from_db()
    _ready(tip, seen, *UNVERIFIED)
    if into.pk == tip.pk or not into.is_open or into.handling_unit_id != tip.handling_unit_id:
        raise TipError("Chỉ gộp vào một nguồn tin khác đang giải quyết tại đơn vị này.")
    if into.category != tip.category:
        raise TipError("Hai nguồn tin khác loại: phân loại lại cho giống nhau rồi gộp.")
    refuse_unlike(tip, into)
    session = {} if _counts_at_session(into) or not tip.session_id else {"session": tip.session}
    held = tip.held or into.held
    reason = {"held_reason": into.held_reason or tip.held_reason} if held else {}
    change(tip, seen, state=State.MERGED, merged_into=into, handled_by=by, held=held, **reason)
    Tip.objects.filter(merged_into=tip).update(merged_into=into, held=held, **reason)
    Tip.objects.filter(pk=into.pk).update(held=held, **session, **reason)
    note(tip, Verb.MERGED, by)


@transaction.atomic
def close(*, tip: Tip, seen: int, outcome: str, by) -> None:
    """It ended so; the term after which it is deleted begins. Those merged into it end with it."""
    _ready(tip, seen, State.CHECKING, State.HANDED_OVER)
    if tip.category == Category.CRIME and tip.handed_over_on is None:
        raise TipError(CRIME_FIRST)
    today = timezone.localdate()
    last = purge_day(outcome, today)
    change(tip, seen, state=State.CLOSED, outcome=outcome, closed_on=today, purge_after=last, handled_by=by)
    tip.merged.update(purge_after=last)
    note(tip, Verb.CLOSED, by, Outcome(outcome).label)


def _counts_at_session(tip: Tip) -> bool:
    return tip.session_id is not None and tip.session.live


def note(tip: Tip, verb: Verb, by, detail: str = "") -> None:
    """One step in the course that the sender reads."""
    TipEvent.objects.create(tip=tip, verb=verb, role=role_of(by, tip.handling_unit), detail=detail)


def _move(tip: Tip, seen: int, unit, by, **also) -> None:
    refuse_concerned(tip, unit)
    note(tip, Verb.PASSED_ON, by, f"Công an {unit.full_name}")
    change(tip, seen, handling_unit=unit, handled_by=None, **also)
    tip.merged.update(handling_unit=unit, handled_by=None, **also)
    _forget_openings(tip)


def _forget_openings(tip: Tip) -> None:
    """Who asked and who agreed does not handle it any more; the new unit asks anew. What was refused or
    opened stays as a trace, without the contact."""
    openings = ContactOpening.objects.filter(Q(tip=tip) | Q(tip__merged_into=tip))
    openings.filter(opened_at__isnull=True).exclude(agreed=False).delete()
    openings.filter(answer__isnull=False).update(answer=None)


def change(tip: Tip, seen: int, **fields) -> None:
    """Write if the row is still the one that was seen. Raises Overtaken."""
    if not Tip.objects.filter(pk=tip.pk, revision=seen).update(**fields):
        raise Overtaken
    tip.refresh_from_db()


def _lock(*tips: Tip) -> None:
    """In one order, so that two officers who merge crosswise do not wait for each other."""
    list(Tip.objects.select_for_update().filter(pk__in=[tip.pk for tip in tips]).order_by("pk").values("pk"))


def _ready(tip: Tip, seen: int, *states: State) -> None:
    if tip.revision != seen:
        raise Overtaken
    if tip.state not in states:
        raise TipError(NOT_NOW)
