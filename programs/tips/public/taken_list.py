"""What an officer's side took in for people who came or called: how far each tip is, nothing of what it says.

No number of a tip: numbers run through the whole country and would tell how many came in between. No category
and no deadline, which goes by category. None about an officer: that it is there is for the province to know.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import sides_of
from portal.ui.numbers import day
from programs.tips.closed import closed
from programs.tips.models import Tip
from programs.tips.public.taking_in import SIDES, own_communes
from programs.tips.rooms import rooms_beside
from programs.tips.states import State

PAGE_SIZE = 25
OVER = (State.HANDED_OVER, State.CLOSED)


@dataclass(frozen=True)
class TakenRow:
    """One line: when, how, by whom it was taken in, and how far it is."""

    received: str
    channel: str
    taker: str
    state: str
    css: str


@requires(Permission.TIP_TAKE_IN)
@require_safe
@closed
def taken(request):
    """The own side's tips of the own communes, the latest first."""
    found = taken_in_by(request.user)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(tip) for tip in page], "rooms": rooms_beside(request)}
    return render(request, "tips/public/taken.html", context)


def taken_in_by(user):
    """Tips that the person's side took in where the person serves."""
    mine = Q(pk__in=[])
    for unit in own_communes(user):
        mine |= Q(unit=unit, taken_side__in=sides_of(user, Permission.TIP_TAKE_IN, unit))
    found = Tip.objects.filter(mine, about_officer=False).without_content().select_related("unit")
    return found.order_by("-received_on", "-pk")


def _row(tip: Tip) -> TakenRow:
    state = State(tip.state)
    css = "wait" if state == State.RECEIVED else "done" if state in OVER else ""
    return TakenRow(
        received=f"{day(tip.received_on)}, {tip.get_received_half_display()}",
        channel=tip.get_channel_display(),
        taker=f"{SIDES[tip.taken_side]} {tip.unit.full_name_in_sentence}",
        state=state.label,
        css=css,
    )
