"""A code opens its tip, and a wrong one takes as long."""

from dataclasses import dataclass

from django.db import transaction

from programs.tips import codes
from programs.tips.models import Tip, TipEvent, TipMessage
from programs.tips.sending import new_hash
from programs.tips.states import Verb

NOBODY = bytes(codes.SALT_BYTES)


def tip_of(code: codes.Code) -> Tip | None:
    """The tip that the code belongs to. One hash whatever is there: none, one, or several of the locator."""
    candidates = list(
        Tip.objects.with_locator(code.locator).order_by("pk").values_list("pk", "salt", "secret_hash")
    )
    salt = bytes(candidates[0][1]) if candidates else NOBODY
    hashed = codes.hashed(code.secret, salt)
    found = [pk for pk, _, expected in candidates if codes.same(bytes(expected), hashed)]
    return Tip.objects.get(pk=found[0]) if found else None


@dataclass(frozen=True)
class Course:
    """What the sender sees of a tip: the steps so far, and what was asked and answered."""

    handled_at: str
    steps: list[TipEvent]
    messages: list[TipMessage]


def course(tip: Tip) -> Course:
    """Roles and units only, never a name; messages of a tip that was merged stay with it."""
    return Course(
        handled_at=f"Công an {tip.handling_unit.full_name_in_sentence}",
        steps=list(tip.events.order_by("pk")),
        messages=list(tip.messages.order_by("pk")),
    )


@transaction.atomic
def exchange_ticket(*, tip: Tip, code: codes.Code) -> bool:
    """The sender's own code in place of the one that an officer read out; False if that was done already."""
    salt, hashed = new_hash(code)
    changed = Tip.objects.filter(pk=tip.pk, is_ticket=True).update(
        locator=code.locator, salt=salt, secret_hash=hashed, is_ticket=False
    )
    if changed:
        TipEvent.objects.create(tip=tip, verb=Verb.NEW_CODE, role="Người cung cấp")
    return bool(changed)
