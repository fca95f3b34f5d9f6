"""Pages that write certification: register, assess, decide, cancel, the number of subjects, the grading."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from models_registry.actions import save_row
from models_registry.errors import Overtaken
from models_registry.models import (
    CertificationBase,
    CriterionAnswer,
    MovementGrading,
    SafetyCertification,
    SubjectKind,
)
from models_registry.safety import actions
from models_registry.safety.forms import (
    FIRST_YEAR,
    AssessmentForm,
    BaseForm,
    CancelForm,
    DecisionForm,
    GradingForm,
    RegisterForm,
)
from models_registry.safety.rates import last_day
from models_registry.saving import saved
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from portal.ui.conflicts import say_overtaken
from portal.ui.numbers import day, number
from portal.units.text import whole_number

WRITE = Permission.REGISTRY_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(WRITE)
@form_methods
def safety_register(request, year, kind):
    """Register subjects of one kind for a year."""
    _known_or_404(year, kind)
    form = RegisterForm(request.POST or None, kind=kind, year=year, user=request.user)
    if request.method == "POST" and form.is_valid():
        write = {"kind": kind, "year": year, "by": request.user, **form.cleaned_data}
        new = saved(form, lambda: actions.register(**write), SafetyCertification)
        if new is not None:
            messages.success(request, f"Đã đăng ký {number(len(new))} đối tượng.")
            return redirect(_list(year, kind=kind))
    rule = actions.rule_of(kind, year)
    window = rule and rule.window(year)
    lead = f"Kỳ xét từ {day(window[0])} đến {day(window[1])}. {rule.basis}." if rule else actions.NO_RULE
    return _form(request, form, f"Đăng ký năm {year}: {SubjectKind(kind).label}", _list(year), lead)


@requires(WRITE)
@form_methods
def safety_assess(request, pk):
    """The subject's own assessment, criterion by criterion."""
    row = _row_or_404(request, pk)
    rule = actions.rule_of(row.kind, row.year)
    criteria = rule.criteria_list if rule else []
    form = AssessmentForm(request.POST or None, certification=row, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        if not criteria:
            form.add_error(None, actions.NO_RULE)
        elif _written(form, lambda seen: actions.assess(
            certification=row, assessed_on=form.cleaned_data["assessed_on"], answers=form.answers(),
            expected_revision=seen, by=request.user,
        )):  # fmt: skip
            messages.success(request, "Đã ghi kết quả tự đánh giá.")
            return redirect("registry:safety_detail", row.pk)
    lead = "Đạt khi đạt đủ các tiêu chí. " + (rule.basis if rule else "")
    return _form(request, form, f"Tự đánh giá: {row.subject}", _detail(row), lead)


@requires(WRITE)
@form_methods
def safety_decide(request, pk):
    """The result, with the number and the day of the decision."""
    row = _row_or_404(request, pk)
    form = DecisionForm(request.POST or None, certification=row)
    if request.method == "POST" and form.is_valid():
        write = {"certification": row, "by": request.user, **form.outcome()}
        if _written(form, lambda seen: actions.decide(expected_revision=seen, **write)):
            messages.success(request, "Đã ghi kết quả.")
            return redirect("registry:safety_detail", row.pk)
    return _form(request, form, f"Kết quả năm {row.year}: {row.subject}", _detail(row))


@requires(WRITE)
@form_methods
def safety_cancel(request, pk):
    """Take out a registration that has no result."""
    row = _row_or_404(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write = {"certification": row, "reason": form.cleaned_data["reason"], "by": request.user}
        if saved(form, lambda: actions.cancel(**write) or True, SafetyCertification):
            messages.success(request, "Đã hủy đăng ký.")
            return redirect(_list(row.year))
    return _form(request, form, f"Hủy đăng ký năm {row.year}: {row.subject}", _detail(row))


@requires(WRITE)
@form_methods
def safety_base(request, year):
    """How many subjects of a kind a commune has in a year, and how many the rules leave out."""
    _known_or_404(year)
    found = _in_place(CertificationBase, request, year, "unit", "kind")
    form = BaseForm(request.POST or None, instance=found, user=request.user, last_day=last_day(year))
    lead = "Số đang có trong sổ được thay bằng số mới, lịch sử vẫn giữ."
    return _upsert(request, form, year, f"Số đối tượng thuộc diện xét năm {year}", lead)


@requires(WRITE)
@form_methods
def safety_grading(request, year):
    """The yearly grading of the movement, another scheme beside certification."""
    _known_or_404(year)
    found = _in_place(MovementGrading, request, year, "unit")
    form = GradingForm(request.POST or None, instance=found, user=request.user)
    return _upsert(
        request, form, year, f"Phân loại phong trào năm {year}", "Phân loại riêng, không phải xét “An toàn”."
    )


def _in_place(model, request, year: int, *keys):
    """The row of the year that the typed keys name, in the person's reach, else a new one."""
    typed = {key: request.POST.get(key, "") for key in keys}
    unit = whole_number(typed["unit"], digits=9)
    if request.method == "POST" and unit is not None:
        rows = model.objects.visible_to(request.user, WRITE).filter(year=year, unit=unit)
        found = rows.filter(kind=typed["kind"]).first() if "kind" in keys else rows.first()
        if found:
            return found
    return model(year=year)


def _upsert(request, form, year, title, lead):
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        if saved(form, lambda: save_row(row=row, by=request.user), type(row)):
            messages.success(request, "Đã lưu.")
            return redirect(_list(year))
    return _form(request, form, title, _list(year), lead)


def _written(form, write):
    """What `write(revision seen)` gives; who was overtaken keeps what was typed and may save again."""
    try:
        seen = form.cleaned_data["revision"]
        return saved(form, lambda: write(seen), SafetyCertification, CriterionAnswer)
    except Overtaken as overtaken:
        say_overtaken(form, overtaken)
        return None


def _known_or_404(year: int, kind: str = SubjectKind.AREA) -> None:
    if kind not in SubjectKind.values or not FIRST_YEAR <= year <= 2100:
        raise Http404


def _row_or_404(request, pk):
    return get_visible_or_404(SafetyCertification.objects.with_names(), request.user, WRITE, pk=pk)


def _list(year: int, kind: str = "") -> str:
    return f"{reverse('registry:safety')}?year={year}" + (f"&kind={kind}" if kind else "")


def _detail(row) -> str:
    return reverse("registry:safety_detail", args=[row.pk])


def _form(request, form, title, back, lead=""):
    context = {"form": form, "title": title, "back": back, "lead": lead}
    return render(request, "registry/form.html", context)
