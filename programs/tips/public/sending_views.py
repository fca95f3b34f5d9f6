"""A resident sends a tip: where, what, a look at the answers, the code. Nothing is kept before the end."""

from django.shortcuts import redirect

from portal.units.models import AdminUnit, Level
from programs.tips import sealing, sending, throttle
from programs.tips.closed import for_senders
from programs.tips.errors import NotStored
from programs.tips.public import pages, questions, uploads
from programs.tips.public.drafts import Draft
from programs.tips.public.forms import CONTACT, PlaceForm, StoryForm, communes_of, found_by_name
from programs.tips.public.pages import page
from programs.tips.states import PLAIN

WRONG_ANSWER = "Trả lời câu hỏi nhỏ ở cuối trang chưa đúng. Đây là câu khác."
FILES_GONE = "Các tệp để quá lâu nên đã bị xóa. Chọn lại tệp nếu cần, rồi xem lại và gửi."


@for_senders
def start(request):
    """What this is, what it is not, and where it happened."""
    return _start(PlaceForm())


@for_senders
def write(request):
    """The story: first with the place chosen, then with the answers, which come back with what is wrong."""
    if request.method != "POST":
        return redirect("tips:start")
    if "sealed" not in request.POST:
        return _begun(request)
    draft, problem = _draft(request)
    province = _province(request)
    if province is None:
        return _start(PlaceForm(), pages.EXPIRED)
    form = StoryForm(request.POST, units=communes_of(province))
    form.is_valid()
    for fault in uploads.take(request, draft):
        form.add_error("files", fault)
    if problem or form.errors:
        return _story(form, draft, province, problem)
    draft.answers = form.answers
    return _check(draft)


@for_senders
def finish(request):
    """Send what was looked at, or back to the story. The same page again: the same tip, the same code."""
    if request.method != "POST":
        return redirect("tips:start")
    draft, problem = _draft(request)
    if problem:
        return _start(PlaceForm(), pages.EXPIRED)
    if "edit" in request.POST:
        return _again(draft)
    if sending.is_sent(draft.token):
        return _sent(draft, [])
    if not questions.is_right(request.POST.get("question", ""), request.POST.get("answer", "")):
        return _check(draft, WRONG_ANSWER)
    if not throttle.allows(request, "send"):
        return _check(draft, pages.BUSY)
    return _send(draft)


def _send(draft: Draft):
    files = sending.staged(token=draft.token, key=draft.key, files=draft.files)
    if len(files) < len(draft.files):
        draft.files = []
        return _again(draft, FILES_GONE)
    return _sent(draft, files)


def _sent(draft: Draft, files: list):
    try:
        sent = sending.send(submission=submission_of(draft, files))
    except NotStored:
        return _check(draft, pages.NOT_STORED)
    sending.unstage(token=draft.token)
    return page("code", {"groups": draft.code.groups, "is_same": sent.is_same})


def submission_of(draft: Draft, files: list, **more) -> sending.Submission:
    """The answers of a draft as what is sent."""
    answers = draft.answers
    return sending.Submission(
        unit=AdminUnit.objects.today().get(level=Level.COMMUNE, pk=answers["unit"]),
        token=draft.token,
        code=draft.code,
        files=files,
        contact={name.removeprefix("contact_"): answers[name] for name in CONTACT if answers.get(name)},
        **{name: answers[name] for name in ("category", "story", "place", "time_text", "about_officer")},
        **more,
    )


def _begun(request):
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _start(form)
    province = form.chosen
    found, meant = found_by_name(province, form.cleaned_data["commune_name"])
    only = meant or (found[0] if len(found) == 1 else None)
    initial = {"unit": str(only.pk)} if only else {}
    story = StoryForm(units=communes_of(province), found=found, initial=initial)
    return _story(story, Draft.new(), province)


def _again(draft: Draft, problem: str = ""):
    unit = AdminUnit.objects.select_related("today_province").get(pk=draft.answers["unit"])
    form = StoryForm(initial=draft.answers, units=communes_of(unit.today_province))
    return _story(form, draft, unit.today_province, problem)


def _draft(request) -> tuple[Draft, str]:
    """What travelled in the hidden field; a new one, and what to say, if that cannot be read."""
    try:
        return Draft.opened(request.POST.get("sealed", "")), ""
    except sealing.Unreadable:
        return Draft.new(), FILES_GONE


def _province(request) -> AdminUnit | None:
    code = request.POST.get("province", "")[:5]
    return AdminUnit.objects.today().provinces().filter(code=code).first() if code.isdecimal() else None


def _start(form, problem: str = ""):
    return page("start", {"form": form, "problem": problem}, pages.refusal(form, problem))


def _story(form, draft: Draft, province, problem: str = ""):
    context = {
        "form": form,
        "sealed": draft.sealed,
        "province": province,
        "files": uploads.listed(draft),
        "problem": problem,
    }
    return page("story", context, pages.refusal(form, problem))


def _check(draft: Draft, problem: str = ""):
    question, sealed_answer = questions.new_question()
    context = shown(draft) | {
        "sealed": draft.sealed,
        "question": question,
        "sealed_answer": sealed_answer,
        "problem": problem,
    }
    return page("check", context, pages.STATUS_OF.get(problem, pages.REFUSED if problem else pages.OK))


def shown(draft: Draft) -> dict:
    """The answers as the page to check shows them."""
    answers = draft.answers
    unit = AdminUnit.objects.with_parents().get(pk=answers["unit"])
    return {
        "answers": answers,
        "unit": unit,
        "receiver": _receiver(unit, answers["about_officer"]),
        "category": PLAIN[answers["category"]],
        "contact": [(label, answers[name]) for name, label in CONTACT.items() if answers.get(name)],
        "files": uploads.listed(draft),
    }


def _receiver(unit, about_officer: bool) -> str:
    above = unit.parent if about_officer else unit
    return f"Công an {above.full_name_in_sentence}"
