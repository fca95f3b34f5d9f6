"""A sender follows a tip by its code, typed into a form: what became of it, questions, answers."""

from django.shortcuts import redirect

from programs.tips import codes, following, sealing, sending, throttle
from programs.tips.closed import for_senders
from programs.tips.errors import NotStored
from programs.tips.models import Tip
from programs.tips.public import pages
from programs.tips.public.forms import AnswerForm, CodeForm
from programs.tips.public.pages import page

PURPOSE, TICKET = "tip-follow", "tip-ticket"
# As long as the page may lie open before the code is asked for again.
OPEN_S = 1800
MOST_ANSWERS = 100
SECTION = {"section": "follow"}
NO_CODE = "Mã có mười tiếng như ví dụ. Xem lại từng tiếng đã ghi."
NO_TIP = (
    "Không có thông tin nào mang mã này. Xem lại từng tiếng. Thông tin hết thời hạn lưu giữ thì đã được xóa."
)
CLOSED_AGAIN = "Trang để quá lâu. Nhập lại mã; phần đang viết chưa được gửi."
TOO_MANY_ANSWERS = "Đã có quá nhiều lần trả lời ở thông tin này. Cần thêm thì gửi thông tin mới."


@for_senders
def follow(request):
    """Ask for the code; with it, show what became of the tip."""
    if request.method != "POST":
        return _ask(CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(form)
    if not throttle.allows(request, "code"):
        return _ask(form, pages.BUSY)
    code = codes.parse(form.cleaned_data["code"])
    if code is None:
        form.add_error("code", NO_CODE)
        return _ask(form)
    tip = following.tip_of(code)
    if tip is None:
        form.add_error("code", NO_TIP)
        return _ask(form)
    return _offer_own_code(tip) if tip.is_ticket else _course(tip)


@for_senders
def answer(request):
    """The sender writes back. Twice the same page is one answer."""
    if request.method != "POST":
        return redirect("tips:follow")
    try:
        opened = sealing.open_form(PURPOSE, request.POST.get("sealed", ""), max_age=OPEN_S)
        tip = Tip.objects.get(pk=opened["tip"])
    except (sealing.Unreadable, Tip.DoesNotExist):
        return _ask(CodeForm(), CLOSED_AGAIN)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _course(tip, form)
    return _answered(request, tip, form, bytes.fromhex(opened["token"]))


@for_senders
def own_code(request):
    """A code of the sender's own for the one that an officer gave out; again with the same page: the same."""
    if request.method != "POST":
        return redirect("tips:follow")
    try:
        opened = sealing.open_form(TICKET, request.POST.get("sealed", ""), max_age=OPEN_S)
    except sealing.Unreadable:
        return _ask(CodeForm(), CLOSED_AGAIN)
    code = codes.from_bytes(bytes.fromhex(opened["code"]))
    tip = Tip.objects.filter(pk=opened["tip"]).first()
    if tip and (following.exchange_ticket(tip=tip, code=code) or following.tip_of(code) == tip):
        return page("code", {"groups": code.groups, "is_same": True, "exchanged": True})
    return _ask(CodeForm(), NO_TIP)


def _answered(request, tip: Tip, form, token: bytes):
    if not tip.is_open:
        return _course(tip, form)
    if not throttle.allows(request, "code"):
        return _course(tip, form, pages.BUSY)
    if tip.messages.filter(from_sender=True).count() >= MOST_ANSWERS:
        return _course(tip, form, TOO_MANY_ANSWERS)
    try:
        sending.answer(tip=tip, text=form.cleaned_data["text"], token=token)
    except NotStored:
        return _course(tip, form, pages.NOT_STORED)
    return _course(tip, is_answered=True)


def _ask(form, problem: str = ""):
    return page("follow", {"form": form, "problem": problem, **SECTION}, pages.refusal(form, problem))


def _offer_own_code(tip: Tip):
    sealed = sealing.seal_form(TICKET, {"tip": tip.pk, "code": codes.to_bytes(codes.new_code()).hex()})
    return page("ticket", {"sealed": sealed, **SECTION})


def _course(tip: Tip, form=None, problem: str = "", is_answered: bool = False):
    token = sealing.random(16).hex()
    context = {
        "tip": tip,
        "course": following.course(tip),
        "form": form or AnswerForm(),
        "sealed": sealing.seal_form(PURPOSE, {"tip": tip.pk, "token": token}),
        "problem": problem,
        "is_answered": is_answered,
        **SECTION,
    }
    return page("course", context, pages.refusal(form or AnswerForm(), problem))
