"""Looking units up. Here and not in portal.units, which stands below the permissions that guard a view."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.units.fields import offered_units
from portal.units.models import (
    AdminUnit,
    Level,
    ResidentialArea,
    ResidentialAreaSize,
    UnitName,
    UnitSuccession,
)

MOST_OPTIONS = 10
MOST_FOUND = 50
PER_PAGE = 50
OFFERED = {Level.COMMUNE, Level.PROVINCE}


@require_safe
@requires(Permission.UNITS_VIEW)
def options(request):
    """Suggestions for a picker as JSON: {"options": [{"id", "label", "note"}]}, best first, at most ten.

    Query: q (typed text), level (commune or province), province (code of one of today's).
    """
    found = _asked_units(request).search(request.GET.get("q", ""), MOST_OPTIONS)
    answer = [{"id": unit.pk, "label": unit.label, "note": unit.found_as} for unit in found]
    return JsonResponse({"options": answer})


@require_safe
@requires(Permission.UNITS_VIEW)
def pick(request):
    """The units of today, found by any name they or their predecessors bore; without a text the provinces.

    A suggestion that was chosen (`q_choice`) opens the unit itself.
    """
    text = request.GET.get("q", "").strip()
    chosen = _chosen(text, request.GET.get("q_choice", ""))
    if chosen:
        return redirect(chosen)
    communes = offered_units(Level.COMMUNE).search(text, MOST_FOUND)
    provinces = offered_units(Level.PROVINCE)
    context = {
        "text": text,
        "communes": communes,
        "provinces": provinces.search(text, MOST_FOUND) if text else provinces,
        "is_cut": len(communes) == MOST_FOUND,
    }
    return render(request, "units/pick.html", context)


@require_safe
@requires(Permission.UNITS_VIEW)
def detail(request, level, code):
    """One unit of any time (`den`: the last day of an old one): what it came from, became and holds."""
    units = AdminUnit.objects.select_related("parent__parent", "today_unit__parent__parent")
    last_day = _day_or_404(request.GET.get("den"))
    unit = get_object_or_404(units, level=level, code=code, valid_to=last_day)
    children = Paginator(unit.children.with_parents(), PER_PAGE)
    context = {
        "unit": unit,
        "names": UnitName.objects.filter(unit=unit).select_related("parent"),
        "came_from": _successions(new=unit).select_related("old__parent__parent"),
        "became": _successions(old=unit).select_related("new__parent__parent"),
        "page": children.get_page(request.GET.get("page")),
        "areas": _areas(unit),
    }
    return render(request, "units/detail.html", context)


def _day_or_404(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _chosen(text, choice):
    if not choice.isdecimal() or len(choice) > 18:
        return None
    unit = AdminUnit.objects.today().filter(pk=choice).with_parents().first()
    return unit if unit and unit.label == text else None


def _asked_units(request):
    level = request.GET.get("level", Level.COMMUNE)
    code = request.GET.get("province", "")[:5]
    units = offered_units(level if level in OFFERED else Level.COMMUNE)
    return units.filter(today_province__code=code) if code.isdecimal() else units


def _successions(**ends):
    return UnitSuccession.objects.filter(**ends).order_by("old__sort_key", "-is_default", "new__sort_key")


def _areas(unit):
    sizes = Prefetch("sizes", ResidentialAreaSize.objects.order_by("-as_of"), to_attr="sizes_latest_first")
    return ResidentialArea.objects.filter(unit=unit).today().prefetch_related(sizes)
