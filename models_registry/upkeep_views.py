"""Looking after what a model has on record: its history, corrections of readings and appraisals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from models_registry.actions import drop_row, save_row
from models_registry.forms import AppraisalForm, ReadingForm, RemovalForm
from models_registry.history import steps_of
from models_registry.models import (
    ModelAppraisal,
    ModelArea,
    ModelOwner,
    ModelReading,
    SelfManagedModel,
    StatusStep,
)
from models_registry.saving import saved
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404

PAGE_SIZE = 25
READ, WRITE = Permission.REGISTRY_VIEW, Permission.REGISTRY_WRITE
PARTS = (StatusStep, ModelReading, ModelAppraisal, ModelArea, ModelOwner)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(READ)
@require_safe
def history(request, pk):
    """Who entered and changed the model, its steps, readings, appraisals, areas and owners."""
    model = get_visible_or_404(SelfManagedModel.objects, request.user, READ, pk=pk)
    steps = steps_of((SelfManagedModel, {"pgh_obj_id": pk}), *((part, {"model": pk}) for part in PARTS))
    page = Paginator(steps, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "title": model.name, "back": model.get_absolute_url()}
    return render(request, "registry/history.html", context)


@requires(WRITE)
@form_methods
def reading_edit(request, pk, row):
    """Correct what the model had at the end of a day; what it was stays in the history."""
    return _edit(request, _part_or_404(request, ModelReading, pk, row), ReadingForm, "Sửa quy mô")


@requires(WRITE)
@form_methods
def reading_drop(request, pk, row):
    """Delete a reading entered by mistake."""
    found = _part_or_404(request, ModelReading, pk, row)
    form = RemovalForm(request.POST or None)
    form.fields["reason"].label = "Lý do xóa"
    form.fields["reason"].help_text = "Số bị xóa không tính nữa, vẫn nằm trong lịch sử."
    if request.method == "POST" and form.is_valid():
        write = {"row": found, "reason": form.cleaned_data["reason"], "by": request.user}
        if saved(form, lambda: drop_row(**write) or True, ModelReading):
            messages.success(request, "Đã xóa số liệu quy mô.")
            return redirect(found.model)
    return _form(request, form, f"Xóa quy mô ngày {found.as_of:%d/%m/%Y}: {found.model.name}", found.model)


@requires(WRITE)
@form_methods
def appraisal_edit(request, pk, row):
    """Correct how the model was judged in a year."""
    return _edit(request, _part_or_404(request, ModelAppraisal, pk, row), AppraisalForm, "Sửa đánh giá")


def _edit(request, row, form_class, title):
    form = form_class(request.POST or None, instance=row)
    sent = request.method == "POST" and form.is_valid()
    if sent and saved(form, lambda: save_row(row=form.instance, by=request.user), type(row)):
        messages.success(request, "Đã lưu.")
        return redirect(row.model)
    return _form(request, form, f"{title}: {row.model.name}", row.model)


def _part_or_404(request, table, pk, row):
    """A row of a standing model that the person writes for."""
    models = SelfManagedModel.objects.standing().select_related("unit")
    model = get_visible_or_404(models, request.user, WRITE, pk=pk)
    found = get_object_or_404(table, pk=row, model=model)
    found.model = model
    return found


def _form(request, form, title, model):
    context = {"form": form, "title": title, "back": model.get_absolute_url()}
    return render(request, "registry/form.html", context)
