"""What a unit does with its own report: remarks, confirmation, sending, answers, the next version."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.accounts.models import Side
from reports import actions
from reports.content import content_of, digest, drafts_of
from reports.errors import ReportError
from reports.forms import AnswerForm, ConfirmForm, SectionForm
from reports.presenters import page
from reports.presenters.figures import figure_lines
from reports.presenters.page import named
from reports.rights import confirmable_sides, own_or_404
from reports.views.attempt import attempt

CLOSED = "Báo cáo đã gửi hoặc đã chốt, không sửa được nữa."
NOT_AWAITED = "Báo cáo không chờ đồng chí xác nhận. Xem phần Xác nhận để biết đang chờ ai."


@requires(Permission.REPORT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_section(request, pk, key):
    """Write a section's remarks. What somebody else saved meanwhile is shown beside what was typed."""
    report = own_or_404(request.user, Permission.REPORT_EDIT, pk)
    section = get_object_or_404(report.sections, key=key)
    if not report.is_editable:
        messages.error(request, CLOSED)
        return redirect("reports:detail", pk)
    content = content_of(report)
    stored = next(each["text"] for each in content["sections"] if each["key"] == key)
    form = SectionForm(request.POST or None, initial={"text": stored, "revision": section.revision})
    stale = form.is_bound and form.is_valid() and form.cleaned_data["revision"] != section.revision
    if stale:
        form = SectionForm(initial={"text": form.cleaned_data["text"], "revision": section.revision})
    elif form.is_bound and form.is_valid() and _saved(request, report, key, form):
        return redirect(f"{reverse('reports:detail', args=[pk])}#muc-{key}")
    notes = [note for note in page.notes(report, content) if note.is_open and note.target == key]
    context = {"form": form, "section": section, "stale": stale, "stored": stored, "open_notes": notes}
    context["drafted"] = drafts_of(report).get(key) if section.is_edited else None
    return render(request, "reports/section_form.html", named(report) | context)


@requires(Permission.REPORT_EDIT)
@require_POST
def redraft(request, pk, key):
    """Give a section back to the machine, which drafts it from the figures of now."""
    report = own_or_404(request.user, Permission.REPORT_EDIT, pk)
    return attempt(
        request,
        lambda: actions.redraft_section(report=report, key=key, by=request.user),
        done="Đã lấy lại nội dung soạn sẵn theo số liệu hiện nay.",
        then="reports:edit_section",
        args=[pk, key],
    )


def _saved(request, report, key, form) -> bool:
    try:
        section = actions.edit_section(report=report, key=key, by=request.user, **form.cleaned_data)
        form.note_attestation(by=request.user, place="report.section", subject=report.pk)
    except ReportError as refusal:
        form.add_error(None, refusal.message_vi)
        return False
    messages.success(request, f"Đã lưu mục “{section.title}”.")
    return True


@requires(Permission.REPORT_CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, pk):
    """A commune's leader confirms the figures and remarks that stand beside the password field."""
    return _confirm(request, own_or_404(request.user, Permission.REPORT_CONFIRM, pk))


@requires(Permission.PROVINCE_REPORT_CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_province(request, pk):
    """The same for a province's report, which its last confirmation freezes."""
    return _confirm(request, own_or_404(request.user, Permission.PROVINCE_REPORT_CONFIRM, pk))


def _confirm(request, report):
    sides = confirmable_sides(request.user, report) if report.is_editable else []
    if not sides:
        messages.error(request, NOT_AWAITED)
        return redirect("reports:detail", report.pk)
    form = ConfirmForm(request.POST or None)
    if form.is_bound and form.is_valid() and _confirmed(request, report, sides[0], form):
        return redirect("reports:detail", report.pk)
    report.refresh_from_db()
    content = content_of(report)
    seen = report.snapshot.sha256 if report.snapshot_id else digest(content)
    form = _asking_again(form, seen)
    context = {
        "form": form,
        "side_label": Side(sides[0]).label,
        "figures": figure_lines(content),
        "sections": content["sections"],
        "nil": content["nil"],
        "missing": content.get("missing", []),
        "freezes": report.is_province and len(report.missing_sides()) == 1,
    }
    return render(request, "reports/confirm.html", named(report) | context)


def _confirmed(request, report, side, form) -> bool:
    try:
        actions.confirm(report=report, side=side, by=request.user, **form.cleaned_data)
    except ReportError as refusal:
        form.add_error(None, refusal.message_vi)
        return False
    messages.success(request, f"Bên {Side(side).label} đã xác nhận số liệu.")
    return True


def _asking_again(form: ConfirmForm, seen: str) -> ConfirmForm:
    """The form with the errors it has, for the content that the page shows now."""
    form.initial["seen"] = seen
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = seen
    return form


@requires(Permission.REPORT_SEND)
@require_POST
def send(request, pk):
    """Send what its sides have confirmed to the province."""
    report = own_or_404(request.user, Permission.REPORT_SEND, pk)
    return attempt(
        request,
        lambda: actions.send(report=report, by=request.user),
        done="Đã gửi báo cáo lên cấp tỉnh.",
        then="reports:detail",
        args=[pk],
    )


@requires(Permission.REPORT_SEND)
@require_POST
def recall(request, pk):
    """Take a sent report back while the province has not opened it."""
    report = own_or_404(request.user, Permission.REPORT_SEND, pk)
    return attempt(
        request,
        lambda: actions.recall(report=report, by=request.user),
        done="Đã thu hồi báo cáo để sửa.",
        then="reports:detail",
        args=[pk],
    )


@requires(Permission.REPORT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk, note):
    """Answer what the province asked; mending the figure or the remarks is another way."""
    report = own_or_404(request.user, Permission.REPORT_EDIT, pk)
    asked = next((each for each in page.notes(report, content_of(report)) if each.pk == note), None)
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"answer": asked.answer})
    if form.is_bound and form.is_valid():
        try:
            actions.answer_note(note=report.notes.get(pk=note), by=request.user, **form.cleaned_data)
            form.note_attestation(by=request.user, place="report.answer", subject=report.pk)
            messages.success(request, "Đã ghi trả lời; cấp tỉnh đọc được khi báo cáo được gửi lại.")
            return redirect("reports:detail", pk)
        except ReportError as refusal:
            form.add_error(None, refusal.message_vi)
    return render(request, "reports/answer.html", named(report) | {"form": form, "note": asked})


@requires(Permission.REPORT_EDIT)
@require_POST
def next_version(request, pk):
    """Lập báo cáo điều chỉnh, bổ sung: the next version, for what came after the figures stood."""
    report = own_or_404(request.user, Permission.REPORT_EDIT, pk)
    try:
        report = actions.next_version(report=report, by=request.user)
        messages.success(request, f"Đã lập bản {report.version}. Kiểm tra rồi xác nhận và gửi như bản đầu.")
    except ReportError as refusal:
        messages.error(request, refusal.message_vi)
        report = getattr(report, "successor", report)
    return redirect("reports:detail", report.pk)
