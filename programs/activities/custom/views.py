"""The pages of stocks: the readings, a new one, one with its history, its correction."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has
from programs.activities.custom.actions import correct_reading, may_read_stocks, record_reading
from programs.activities.custom.forms import ReadingForm, communes_of
from programs.activities.custom.history import reading_changes
from programs.activities.custom.models import CustomIndicator, StockReading
from programs.activities.errors import LogError

PAGE_SIZE = 50
READ, WRITE = Permission.LOG_VIEW, Permission.LOG_WRITE
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@requires(READ)
@require_safe
def readings(request):
    """All readings in reach, the latest day first."""
    found = StockReading.objects.visible_to(request.user, READ).with_names().latest_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "may_write": has(request.user, WRITE)}
    return render(request, "activities/readings/list.html", context)


@requires(WRITE)
@form_methods
def reading_add(request):
    """Choose a stock, then enter how much there was; the same POST again leads to the reading there is."""
    stocks = _stocks(request.user)
    asked = request.GET.get("chi-tieu", "")
    indicator = next((one for one in stocks if one.slug == asked), None)
    if indicator is None:
        return render(request, "activities/readings/choose.html", {"stocks": stocks})
    form = ReadingForm(request.POST or None, user=request.user, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("unit", "as_of", "value")}
        saved = _saved(form, lambda: record_reading(indicator=indicator, by=request.user, **fields))
        if saved:
            reading, created = saved
            messages.success(request, "Đã ghi số hiện có." if created else "Số này đã có từ lần gửi trước.")
            return redirect("activities:reading", pk=reading.pk)
    context = {"form": form, "title": f"Nhập số hiện có: {indicator}"}
    return render(request, "activities/readings/form.html", context)


@requires(READ)
@require_safe
def reading(request, pk):
    """One reading and what became of it."""
    found = _reading_or_404(request, pk, READ)
    context = {"reading": found, "steps": reading_changes(found)}
    context["may_write"] = may_read_stocks(request.user, found.unit)
    return render(request, "activities/readings/detail.html", context)


@requires(WRITE)
@form_methods
def reading_edit(request, pk):
    """Correct a reading; what it was stays in its history."""
    found = _reading_or_404(request, pk, WRITE)
    if not may_read_stocks(request.user, found.unit):
        raise PermissionDenied
    form = ReadingForm(request.POST or None, user=request.user, indicator=found.indicator, reading=found)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("as_of", "value", "seen")}
        if _saved(form, lambda: correct_reading(reading=found, by=request.user, **fields)):
            messages.success(request, "Đã lưu thay đổi.")
            return redirect("activities:reading", pk=pk)
    context = {"form": form, "reading": found, "title": f"Sửa số hiện có: {found.indicator}"}
    return render(request, "activities/readings/form.html", context)


def _saved(form, write):
    try:
        return write()
    except LogError as error:
        form.add_error(None, error.message)
    except IntegrityError as error:
        if not form.refuse(error):
            raise
    return None


def _stocks(user) -> list[CustomIndicator]:
    """The stocks that any of the user's communes may enter."""
    found = {}
    for unit in communes_of(user):
        found |= {one.pk: one for one in CustomIndicator.objects.stocks().of_unit(unit).in_order()}
    return list(found.values())


def _reading_or_404(request, pk, permission) -> StockReading:
    return get_visible_or_404(StockReading.objects.with_names(), request.user, permission, pk=pk)
