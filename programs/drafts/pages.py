"""What drafts add to the entry forms of the log and to "Việc cần làm"."""

import uuid

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has, sides_of
from portal.accounts.choices import Side
from portal.home.parts import HomeTask, register_tasks
from portal.ui.numbers import number
from portal.units.text import nfc, whole_number
from programs.activities.entering import Entering
from programs.activities.extensions import (
    Start,
    register_after_save,
    register_form_note,
    register_instead,
    register_start,
)
from programs.drafts.actions import forget_form, keep_draft
from programs.drafts.errors import AlreadyLogged, DraftRefused
from programs.drafts.models import Draft
from programs.drafts.presentation import address_of, lines_of
from programs.drafts.querysets import KEPT_DAYS

SLUG = "draft"
EVERY_SECONDS = 30
OFFERED_ON_FORM, TASKS_AT_HOME = 3, 2
# What a browser sends beside the fields of the form.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen", "then", "instead", "auto", "attested"})
NOTHING_TYPED = "Chưa lưu nháp: biểu mẫu chưa có nội dung."
FILES_TOO = " Tệp đã chọn không được giữ, hãy chọn lại."


def register() -> None:
    """Hang drafts into the pages of the log."""
    register_start(resumed)
    register_instead(SLUG, keep)
    register_form_note("drafts/_offer.html", offer, place="head")
    register_form_note("drafts/_keep.html", keeping, place="foot")
    register_after_save(forget)
    register_tasks(tasks, order=20)


def resumed(request, kind, grouped: bool) -> Start | None:
    """A form as it was left. A draft of another place, or of another form, does not exist (404)."""
    asked = request.GET.get("ban-nhap", "")
    if not asked:
        return None
    found = Draft.objects.open_to(request.user).filter(kind=kind.slug, grouped=grouped)
    draft = found.filter(pk=whole_number(asked) or 0).select_related("owner", "unit").first()
    if draft is None:
        raise Http404("Không có bản nháp này.")
    (line,) = lines_of([draft], request.user)
    whose = f" do {line.left_by} để lại" if line.left_by else ""
    text = f"Đang nhập tiếp bản nháp{whose}, lưu lúc {line.saved_at}. Chưa ghi vào sổ."
    return Start(draft.as_sent(), text)


def keep(request, entering: Entering):
    """The button "Lưu nháp", and the script that presses it by itself."""
    auto = request.POST.get("auto") == "1"
    try:
        draft = _kept(request, entering)
    except DraftRefused as refused:
        if auto:
            over = isinstance(refused, AlreadyLogged)
            return JsonResponse({"text": _plain(refused), "over": over}, status=409 if over else 422)
        entering.refusals.append(refused.message)
        return None
    if auto:
        return JsonResponse({"text": f"Đã lưu nháp lúc {timezone.localtime():%H:%M}"})
    lost = FILES_TOO if request.FILES else ""
    messages.success(request, f"Đã lưu nháp, giữ {KEPT_DAYS} ngày; chưa ghi vào sổ.{lost}")
    return redirect(address_of(draft))


def _kept(request, entering: Entering) -> Draft:
    if not _something_typed(entering):
        raise DraftRefused(NOTHING_TYPED)
    unit = entering.form.unit_so_far or next(iter(entering.form.units.values()), None)
    sides = sides_of(request.user, Permission.LOG_WRITE, unit) if unit else ()
    if not sides:
        raise DraftRefused("Chưa lưu nháp: ông/bà không được giao ghi sổ ở đơn vị này.")
    content = {
        name: [nfc(value.replace("\0", "")) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    token = _token(content)
    content["client_token"] = [str(token)]
    return keep_draft(
        **{"kind": entering.kind, "grouped": entering.grouped, "by": request.user, "content": content},
        **{"unit": unit.today_unit or unit, "token": token, "labels": _labels(entering)},
        side=next(side for side in Side if side in sides),
        title=" ".join(request.POST.get("title", "").split()),
    )


def _something_typed(entering: Entering) -> bool:
    """Beyond the values that a new form shows by itself."""
    forms = (entering.form, *entering.parts)
    return any(not form.fields[name].widget.is_hidden for form in forms for name in form.changed_data)


def _labels(entering: Entering) -> dict[str, str]:
    forms = (entering.form, *entering.parts)
    return {
        form.add_prefix(name): str(field.label or name)
        for form in forms
        for name, field in form.fields.items()
    }


def _token(content: dict) -> uuid.UUID:
    try:
        return uuid.UUID(content.get("client_token", [""])[0])
    except ValueError:
        return uuid.uuid4()


def _plain(refused: DraftRefused) -> str:
    """Without the words that a sign was found in: the form shows them when it is sent."""
    return refused.message.split("<br>")[0]


def offer(entering: Entering) -> dict | None:
    """Above a new form: what was left unfinished of this kind."""
    if entering.start or entering.form.is_bound:
        return None
    drafts = Draft.objects.open_to(entering.user).of_kind(entering.kind.slug)
    found = list(drafts.select_related("owner", "unit").latest_first()[: OFFERED_ON_FORM + 1])
    lines = lines_of(found[:OFFERED_ON_FORM], entering.user)
    return {"lines": lines, "more": len(found) > OFFERED_ON_FORM} if lines else None


def keeping(entering: Entering) -> dict:
    """Below the buttons: the button that keeps a draft."""
    page = "activities:create_grouped" if entering.grouped else "activities:create"
    address = reverse(page, args=[entering.kind.slug])
    return {"address": address, "slug": SLUG, "every": EVERY_SECONDS, "days": KEPT_DAYS}


def forget(entering: Entering, record) -> None:
    """What was kept of a form goes when it stands in the log."""
    if entering.record is None:
        forget_form(token=record.client_token, by=entering.user)


def tasks(user) -> list[HomeTask]:
    """For "Việc cần làm": the latest drafts one by one, the rest as one line. One query."""
    if not has(user, Permission.LOG_WRITE):
        return []
    drafts = Draft.objects.open_to(user).select_related("owner", "unit").latest_first()
    lines = lines_of(drafts[:100], user)
    shown = [_task(line) for line in lines[:TASKS_AT_HOME]]
    if len(lines) > TASKS_AT_HOME:
        title = f"{number(len(lines) - TASKS_AT_HOME)} bản nháp khác"
        shown.append(HomeTask("Bản nháp", title, "Xem các bản nháp", reverse("drafts:list")))
    return shown


def _task(line) -> HomeTask:
    whose = f", {line.left_by} để lại" if line.left_by else ""
    detail = f"{line.kind_name.capitalize()}, lưu lúc {line.saved_at}{whose}"
    return HomeTask("Bản nháp", line.title, "Nhập tiếp", line.url, detail=detail)
