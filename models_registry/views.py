"""The pages of models. Views read, call, render; another commune's model is a 404."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from models_registry import actions
from models_registry.counts import closing
from models_registry.errors import Overtaken
from models_registry.forms import (
    AppraisalForm,
    ModelChangeForm,
    NewModelForm,
    ReadingForm,
    RemovalForm,
    StepForm,
)
from models_registry.listing import listed, sheet_of
from models_registry.models import (
    NEXT,
    ModelAppraisal,
    ModelArea,
    ModelReading,
    SelfManagedModel,
    Status,
    StatusStep,
)
from models_registry.presentation import rows_of
from models_registry.saving import saved
from models_registry.workbook import workbook
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has
from portal.files.handing_out import workbook_answer
from portal.ui.conflicts import conflict_of

PAGE_SIZE = 25
READ, WRITE = Permission.REGISTRY_VIEW, Permission.REGISTRY_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(READ)
@require_safe
def model_list(request):
    """The models of a day, with the counts of that day above them."""
    found = listed(request)
    page = Paginator(found.models, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": found.filters, "page": page, "rows": rows_of(page, found.day), "day": found.day}
    context |= {"place": found.place, "counts": closing(found.place, found.day)}
    context |= {"may_write": has(request.user, WRITE), "query": request.GET.urlencode()}
    return render(request, "registry/list.html", context)


@requires(READ)
@require_safe
def model_excel(request):
    """The same models as a workbook."""
    found = listed(request)
    return workbook_answer(workbook(sheet_of(found)), f"mo-hinh-{found.day:%Y-%m-%d}.xlsx")


@requires(WRITE)
@form_methods
def create(request):
    """Enter a model; the same POST again leads to the one that is there."""
    form = NewModelForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        found = saved(form, lambda: _create(form, request.user), SelfManagedModel, StatusStep, ModelReading)
        if found:
            messages.success(request, "Đã ghi mô hình vào sổ.")
            return redirect(found[0])
    return _form(request, form, "Nhập mô hình", reverse("registry:list"))


def _create(form, by):
    cleaned = form.cleaned_data
    return actions.create_model(
        data=form.model_data(),
        status=cleaned["status"],
        on=cleaned["on"],
        reason=cleaned["reason"],
        evidence=cleaned["evidence"],
        by=by,
        token=cleaned["client_token"] or uuid.uuid4(),
        areas=cleaned["areas"],
        owners=form.owners,
        reading=form.reading(),
    )


@requires(READ)
@require_safe
def detail(request, pk):
    """Everything about one model."""
    model = _model_or_404(request, pk, READ)
    steps = list(model.steps.select_related("logged_by").order_by("-on"))
    context = {
        **{"model": model, "steps": steps, "last": steps[0] if steps else None},
        "readings": model.readings.order_by("-as_of")[:10],
        "appraisals": model.appraisals.order_by("-year")[:10],
        "areas": ModelArea.objects.filter(model=model).select_related("area").order_by("area__sort_key"),
        "owners": model.owners.select_related("unit"),
        "copies": model.copies.standing().select_related("unit").order_by("name"),
        "may_write": has(request.user, WRITE, model.unit) and not model.is_removed,
        "may_step": bool(steps and NEXT[Status(steps[0].status)]),
    }
    return render(request, "registry/detail.html", context)


@requires(WRITE)
@form_methods
def edit(request, pk):
    """Change a model; who was overtaken keeps what was typed and sees both versions."""
    model = _standing_or_404(request, pk)
    form = ModelChangeForm(request.POST or None, instance=model, user=request.user)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            if saved(form, lambda: _change(form, request.user), SelfManagedModel):
                messages.success(request, "Đã lưu thay đổi.")
                return redirect(model)
        except Overtaken as overtaken:
            conflict = conflict_of(form, overtaken)
    return _form(request, form, "Sửa mô hình", model.get_absolute_url(), conflict=conflict)


def _change(form, by):
    kept = list(form.instance.owners.order_by("pk").select_related("unit")[2:])
    return actions.change_model(
        model=form.instance,
        data=form.model_data(),
        expected_revision=form.cleaned_data["revision"],
        by=by,
        areas=form.cleaned_data["areas"],
        owners=[*form.owners, *(owner.unit for owner in kept)],
    )


@requires(WRITE)
@form_methods
def step(request, pk):
    """The next step of its life."""
    model = _standing_or_404(request, pk)
    last = model.latest_step()
    if not NEXT[Status(last.status)]:
        messages.warning(request, "Mô hình đã kết thúc. Lập lại thì nhập mô hình mới.")
        return redirect(model)
    form = StepForm(request.POST or None, last=last)
    if request.method == "POST" and form.is_valid():
        taken = {"model": model, "by": request.user, **form.cleaned_data}
        step_taken = saved(form, lambda: actions.take_step(**taken), StatusStep)
        if step_taken:
            messages.success(request, "Đã ghi bước mới của mô hình.")
            return redirect(model)
    return _form(request, form, f"Chuyển trạng thái: {model.name}", model.get_absolute_url())


@requires(WRITE)
@form_methods
def undo(request, pk):
    """Take back the last step."""
    model = _standing_or_404(request, pk)
    last = model.latest_step()
    if request.method == "POST":
        form = RemovalForm({"reason": "hoàn tác"})
        form.is_valid()
        saved(form, lambda: actions.undo_step(model=model, by=request.user) or True)
        words = [message for errors in form.errors.values() for message in errors]
        messages.warning(request, words[0]) if words else messages.success(
            request, "Đã hoàn tác bước gần nhất."
        )
        return redirect(model)
    return render(request, "registry/undo.html", {"model": model, "last": last})


@requires(WRITE)
@form_methods
def reading(request, pk):
    """What the model has at the end of a day."""
    model = _standing_or_404(request, pk)
    form = ReadingForm(request.POST or None, instance=ModelReading(model=model))
    return _row_page(request, form, f"Quy mô: {model.name}", model)


@requires(WRITE)
@form_methods
def appraise(request, pk):
    """How it was judged in a year."""
    model = _standing_or_404(request, pk)
    form = AppraisalForm(request.POST or None, instance=ModelAppraisal(model=model))
    return _row_page(request, form, f"Đánh giá hằng năm: {model.name}", model)


@requires(WRITE)
@form_methods
def remove(request, pk):
    """Take out a model that was entered by mistake."""
    model = _standing_or_404(request, pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write = {"model": model, "reason": form.cleaned_data["reason"], "by": request.user}
        if saved(form, lambda: actions.remove_model(**write), SelfManagedModel):
            messages.success(request, "Đã gỡ mô hình: không còn tính vào số liệu của ngày nào.")
            return redirect("registry:list")
    return _form(request, form, f"Gỡ mô hình nhập nhầm: {model.name}", model.get_absolute_url())


def _row_page(request, form, title, model):
    if request.method == "POST" and form.is_valid():
        form.instance.logged_by = request.user
        if saved(form, lambda: actions.save_row(row=form.instance, by=request.user), type(form.instance)):
            messages.success(request, "Đã lưu.")
            return redirect(model)
    return _form(request, form, title, model.get_absolute_url())


def _form(request, form, title, back, **more):
    return render(request, "registry/form.html", {"form": form, "title": title, "back": back, **more})


def _model_or_404(request, pk, permission):
    return get_visible_or_404(SelfManagedModel.objects.with_names(), request.user, permission, pk=pk)


def _standing_or_404(request, pk):
    models = SelfManagedModel.objects.standing().with_names()
    return get_visible_or_404(models, request.user, WRITE, pk=pk)
