"""An officer notes a tip for a person who came or called, and hands over a ticket, never the code.

The ticket opens nothing but the page where the person draws a code of one's own; from then on it is void. So
the officer, who knows the ticket, cannot follow the tip as its sender, and the person sees if somebody tried.
"""

from django.shortcuts import render

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import scope_of, sides_of
from portal.accounts.choices import Side
from portal.units.models import AdminUnit, Level
from programs.tips import sealing, sending
from programs.tips.closed import closed
from programs.tips.errors import NotStored
from programs.tips.public import pages, uploads
from programs.tips.public.drafts import Draft
from programs.tips.public.forms import TakenInForm
from programs.tips.public.sending_views import FILES_GONE, submission_of
from programs.tips.rooms import rooms_beside

SIDES = {Side.POLICE: "Công an", Side.FRONT: "Mặt trận Tổ quốc"}
PLACE = "tips.take_in"  # of the attestation


@closed
@requires(Permission.TIP_TAKE_IN)
def take_in(request):
    """The form; then the ticket, the same one if the page is sent again."""
    units = own_communes(request.user)
    if request.method != "POST":
        initial = {"unit": str(units[0].pk) if len(units) == 1 else "", "channel": "in_person"}
        return _form(request, TakenInForm(initial=initial, units=units), Draft.new())
    draft, problem = _draft(request)
    form = TakenInForm(request.POST, units=units)
    form.is_valid()
    for fault in uploads.take(request, draft):
        form.add_error("files", fault)
    if problem or form.errors:
        return _form(request, form, draft, problem)
    return _taken(request, form, draft)


def _taken(request, form, draft: Draft):
    draft.answers = form.answers
    files = sending.staged(token=draft.token, key=draft.key, files=draft.files)
    if len(files) < len(draft.files) and not sending.is_sent(draft.token):
        draft.files = []
        return _form(request, form, draft, FILES_GONE)
    side = _side(request.user, form.chosen)
    submission = submission_of(
        draft, files, channel=form.cleaned_data["channel"], taken_side=side, is_ticket=True
    )
    try:
        role = f"{SIDES[side]} {form.chosen.full_name_in_sentence}"
        sent = sending.send(submission=submission, role=role)
    except NotStored:
        return _form(request, form, draft, pages.NOT_STORED)
    if sent.is_new:
        form.note_attestation(by=request.user, place=PLACE)
    sending.unstage(token=draft.token)
    return render(request, "tips/public/taken_in.html", {"groups": draft.code.groups})


def own_communes(user) -> list[AdminUnit]:
    """The communes whose officer this is today."""
    units = AdminUnit.objects.today().filter(level=Level.COMMUNE)
    return list(units.filter(scope_of(user, Permission.TIP_TAKE_IN).as_q("pk")))


def _side(user, unit) -> Side:
    """The side on which the tip was taken in; the police where somebody serves both."""
    sides = sides_of(user, Permission.TIP_TAKE_IN, unit)
    return Side.POLICE if Side.POLICE in sides else Side.FRONT


def _draft(request) -> tuple[Draft, str]:
    try:
        return Draft.opened(request.POST.get("sealed", "")), ""
    except sealing.Unreadable:
        return Draft.new(), FILES_GONE


def _form(request, form, draft: Draft, problem: str = ""):
    context = {"form": form, "sealed": draft.sealed, "files": uploads.listed(draft), "problem": problem}
    context["rooms"] = rooms_beside(request)
    return render(request, "tips/public/take_in.html", context, status=pages.refusal(form, problem))
