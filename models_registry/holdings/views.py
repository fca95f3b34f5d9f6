"""The pages of forces and loans: what there is as of a day, and the readings behind it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from models_registry.actions import drop_row, save_row
from models_registry.forms import PastForm
from models_registry.history import steps_of
from models_registry.holdings import totals
from models_registry.holdings.forms import DayForm, DropForm, ForceForm, LoanForm
from models_registry.holdings.workbook import sheets_of
from models_registry.models import CoreForce, ReintegrationLoan
from models_registry.reach import communes_to_read, place_of
from models_registry.saving import saved
from models_registry.workbook import workbook
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has
from portal.files.handing_out import workbook_answer
from portal.ui.charts import Bar, bars

PAGE_SIZE = 25
READ, WRITE = Permission.REGISTRY_VIEW, Permission.REGISTRY_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Holding:
    """One of the two: its table, its form, its totals, its words. `amount`: the second figure's field."""

    slug: str
    model: type
    form: type[PastForm]
    totals: object
    rows: object
    title: str
    key: str
    key_title: str
    amount: str
    amount_title: str


HOLDINGS = {
    "luc-luong": Holding(
        "luc-luong", CoreForce, ForceForm, totals.forces_on, totals.force_rows,
        "Lực lượng nòng cốt", "kind", "Lực lượng", "teams", "Số tổ",
    ),
    "vay-von": Holding(
        "vay-von", ReintegrationLoan, LoanForm, totals.loans_on, totals.loan_rows,
        "Vay vốn tái hòa nhập cộng đồng", "stage", "Giai đoạn", "amount", "Số tiền (đồng)",
    ),
}  # fmt: skip


@requires(READ)
@require_safe
def holding_list(request, holding):
    """Totals as of a day, and the readings that they add up."""
    held = _holding_or_404(holding)
    filters, day, place, rows = _asked(request, held)
    found = held.totals(place, day)
    page = Paginator(rows, PAGE_SIZE)
    context = {
        **{"held": held, "filters": filters, "day": day, "place": place, "totals": found},
        "picture": bars([Bar(one.label, one.people) for one in found], title=held.title, unit="người"),
        "page": page.get_page(request.GET.get("page")),
        "communes": communes_to_read(request.user).count() if place.level == "province" else 1,
        "may_write": has(request.user, WRITE),
        "query": request.GET.urlencode(),
    }
    return render(request, "registry/holdings/list.html", context)


@requires(READ)
@require_safe
def holding_excel(request, holding):
    """The same totals and readings as a workbook."""
    held = _holding_or_404(holding)
    _filters, day, place, rows = _asked(request, held)
    file = workbook(*sheets_of(held, place, day, rows))
    return workbook_answer(file, f"{held.slug}-{place.code}-{day:%Y-%m-%d}.xlsx")


def _asked(request, held):
    """The filters, the day, the place, and the readings that count on the day, as far as one reads them."""
    filters = DayForm(request.GET, user=request.user)
    asked = filters.asked()
    day = asked.get("day") or timezone.localdate()
    place = asked.get("unit") or place_of(request.user)
    rows = held.rows(place, day).visible_to(request.user, READ).select_related("unit")
    return filters, day, place, rows.order_by("unit__sort_key", "unit", held.key, "pk")


@requires(WRITE)
@form_methods
def holding_add(request, holding):
    """A new reading."""
    held = _holding_or_404(holding)
    form = held.form(request.POST or None, user=request.user)
    return _row_page(request, held, form, f"Nhập số liệu: {held.title}")


@requires(WRITE)
@form_methods
def holding_edit(request, holding, pk):
    """Correct a reading; what it was stays in the history."""
    held = _holding_or_404(holding)
    row = _row_or_404(request, held, pk, WRITE)
    form = held.form(request.POST or None, instance=row, user=request.user)
    return _row_page(request, held, form, f"Sửa số liệu: {held.title}")


@requires(WRITE)
@form_methods
def holding_drop(request, holding, pk):
    """Delete a reading that was entered by mistake."""
    held = _holding_or_404(holding)
    row = _row_or_404(request, held, pk, WRITE)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write = {"row": row, "reason": form.cleaned_data["reason"], "by": request.user}
        if saved(form, lambda: drop_row(**write) or True, held.model):
            messages.success(request, "Đã xóa số liệu.")
            return redirect("registry:holdings", held.slug)
    title = f"Xóa số liệu: {row}, {row.unit.full_name}"
    return _form(request, held, form, title)


@requires(READ)
@require_safe
def holding_history(request, holding, pk):
    """Who entered and corrected a reading."""
    held = _holding_or_404(holding)
    row = _row_or_404(request, held, pk, READ)
    steps = steps_of((held.model, {"pgh_obj_id": row.pk}))
    page = Paginator(steps, PAGE_SIZE).get_page(request.GET.get("page"))
    back = reverse("registry:holdings", args=[held.slug])
    title = f"{row}, {row.unit.full_name}"
    return render(request, "registry/history.html", {"page": page, "title": title, "back": back})


def _row_page(request, held, form, title):
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        if saved(form, lambda: save_row(row=row, by=request.user), held.model):
            messages.success(request, "Đã lưu số liệu.")
            return redirect("registry:holdings", held.slug)
    return _form(request, held, form, title)


def _form(request, held, form, title):
    context = {"form": form, "title": title, "back": reverse("registry:holdings", args=[held.slug])}
    return render(request, "registry/form.html", context)


def _holding_or_404(slug: str) -> Holding:
    if slug not in HOLDINGS:
        raise Http404
    return HOLDINGS[slug]


def _row_or_404(request, held, pk, permission):
    return get_visible_or_404(held.model.objects.select_related("unit"), request.user, permission, pk=pk)
