"""One page for each step of the table; two officers at once: one wins, the other keeps the text."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from programs.tips import opening as openings
from programs.tips.closed import closed
from programs.tips.desk.forms import DecisionForm
from programs.tips.desk.steps import Step
from programs.tips.desk.views import with_all
from programs.tips.errors import NotStored, Overtaken, TipError
from programs.tips.handling import NOT_NOW
from programs.tips.models import ContactOpening, Tip
from programs.tips.sealing import Unreadable, open_form, seal_form

form_methods = require_http_methods(["GET", "HEAD", "POST"])
REFUSED, CONFLICT = 422, 409
NOT_STORED = "Chưa ghi được. Nội dung vẫn ở dưới: gửi lại sau ít phút."
PURPOSE = "tip-opening"
MINUTES = 15 * 60
CONTACT = {"name": "Họ và tên", "phone": "Số điện thoại", "other": "Cách liên hệ khác"}


def step_view(step: Step):
    """The view of one step."""

    @requires(step.permission)
    @form_methods
    @closed
    def view(request, pk):
        tip = get_visible_or_404(with_all(Tip.objects.all()), request.user, step.permission, pk=pk)
        return _take(request, tip, step)

    view.__name__ = step.name
    return view


def _take(request, tip: Tip, step: Step):
    form = step.form(request.POST or None, tip=tip, user=request.user)
    if request.method != "POST":
        return _page(request, tip, step, form) if step.possible(tip) else _not_now(request, tip)
    if not form.is_valid() or _is_too_late(tip, step, form):
        return _page(request, tip, step, form, REFUSED)
    try:
        step.act(tip=tip, by=request.user, **_said(form))
    except Overtaken as overtaken:
        return _overtaken(request, tip, step, form, overtaken)
    except TipError as error:
        form.add_error(None, str(error))
        return _page(request, tip, step, form, REFUSED)
    except NotStored:
        form.add_error(None, NOT_STORED)
        return _page(request, tip, step, form, 503)
    form.note_attestation(by=request.user, place=f"nguon-tin:{step.name}"[:40], subject=tip.pk)
    messages.success(request, step.done)
    return redirect("tip_desk:queue") if step.leaves else redirect("tip_desk:detail", pk=tip.pk)


def _is_too_late(tip: Tip, step: Step, form) -> bool:
    """What was seen is what is there, and the step is not offered there. (Seen before: Overtaken tells.)"""
    if form.cleaned_data["seen"] != tip.revision or step.possible(tip):
        return False
    form.add_error(None, NOT_NOW)
    return True


def _said(form) -> dict:
    return {name: value for name, value in form.said().items() if name != "attested"}


def _overtaken(request, tip: Tip, step: Step, form, overtaken):
    """What the other one did stands above, what this one typed below, ready to be sent again."""
    current = get_visible_or_404(with_all(Tip.objects.all()), request.user, step.permission, pk=tip.pk)
    form.add_error(None, str(overtaken))
    form.seen_again(current)
    return _page(request, current, step, form, CONFLICT)


def _not_now(request, tip: Tip):
    messages.warning(request, NOT_NOW)
    return redirect("tip_desk:detail", pk=tip.pk)


def _page(request, tip: Tip, step, form, status: int = 200):
    context = {"tip": tip, "step": step, "form": form}
    return render(request, "tips/desk/step.html", context, status=status)


DECIDE = Step(
    "decide",
    "",
    "Duyệt mở thông tin liên hệ",
    DecisionForm,
    None,
    "Đã ghi quyết định.",
    lambda tip: True,
    permission=Permission.TIP_APPROVE,
    note="Đồng ý thì chỉ người đề nghị mở được, một lần, trong 7 ngày. Người cung cấp thấy quyết định này.",
)


@requires(Permission.TIP_APPROVE)
@form_methods
@closed
def decide(request, pk, opening):
    """The second person says yes or no."""
    tip, asked = _opening(request, pk, opening, Permission.TIP_APPROVE)
    form = DecisionForm(request.POST or None, tip=tip, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            openings.decide_opening(opening=asked, agreed=form.cleaned_data["agreed"], by=request.user)
        except TipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, DECIDE.done)
            return redirect("tip_desk:detail", pk=pk)
    context = {"tip": tip, "step": DECIDE, "form": form, "asked": asked}
    return render(request, "tips/desk/step.html", context, status=REFUSED if form.errors else 200)


@requires(Permission.TIP_HANDLE)
@form_methods
@closed
def open_contact(request, pk, opening):
    """Ask the opener, then read what it opened: the key for reading lives in this page alone."""
    tip, asked = _opening(request, pk, opening, Permission.TIP_HANDLE)
    context = {"tip": tip, "asked": asked, "may": asked.asked_by_id == request.user.pk and bool(asked.agreed)}
    status = 200
    if request.method == "POST":
        try:
            context |= _opened(request, asked)
        except TipError as error:
            context["error"], status = str(error), REFUSED
    return render(request, "tips/desk/open.html", context, status=status)


def _opened(request, asked: ContactOpening) -> dict:
    sealed = request.POST.get("key", "")
    if not sealed:
        private = openings.request_opening(opening=asked, by=request.user)
        said = {"private": private.hex(), "opening": asked.pk, "user": request.user.pk}
        return {"key": seal_form(PURPOSE, said)}
    try:
        said = open_form(PURPOSE, sealed, max_age=MINUTES)
    except (Unreadable, UnicodeEncodeError):
        raise TipError("Trang đã quá hạn. Mở lại từ đầu.") from None
    if (said["opening"], said["user"]) != (asked.pk, request.user.pk):
        raise TipError(openings.NOT_YOURS)
    contact = openings.read_answer(opening=asked, private=bytes.fromhex(said["private"]))
    if contact is None:
        return {"key": sealed}
    return {"contact": [(CONTACT.get(name, name), text) for name, text in contact.items() if text]}


def _opening(request, pk, opening, permission):
    tip = get_visible_or_404(with_all(Tip.objects.all()), request.user, permission, pk=pk)
    mine = ContactOpening.objects.filter(tip=tip, pk=opening).select_related("asked_by").first()
    if mine is None:
        get_visible_or_404(Tip.objects.none(), request.user, permission, pk=pk)
    return tip, mine
