"""Pages that read certification: the subjects and rates of a year, the communes side by side, one subject."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_registry.history import steps_of
from models_registry.models import (
    CriterionAnswer,
    MovementGrading,
    Result,
    SafetyCertification,
    SubjectKind,
)
from models_registry.reach import place_of
from models_registry.safety.actions import rule_of
from models_registry.safety.forms import SafetyFilterForm
from models_registry.safety.rates import Table, gradings
from models_registry.safety.workbook import workbook
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404, has
from portal.files.handing_out import workbook_answer
from portal.ui.charts import Bar, bars

PAGE_SIZE = 25
READ, WRITE = Permission.REGISTRY_VIEW, Permission.REGISTRY_WRITE


@requires(READ)
@require_safe
def safety(request):
    """The subjects of a year with the rates above them, and the grading of the movement beside."""
    filters, year, place = _asked(request)
    rows = _subjects(request.user, filters, year, place)
    rates = Table(place, year).by_kind()
    context = {
        **{"filters": filters, "year": str(year), "place": place, "rates": rates, "rules": _rules(year)},
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "picture": _picture(rates, year),
        "gradings": gradings(place, year),
        "kinds": SubjectKind.choices,
        "may_write": has(request.user, WRITE),
        "awaiting": _awaiting(request.user, year),
        "query": request.GET.urlencode(),
    }
    return render(request, "registry/safety/list.html", context)


@requires(READ)
@require_safe
def safety_communes(request):
    """The rate of one kind of subject, commune by commune."""
    filters, year, place = _asked(request)
    kind = filters.asked().get("kind") or SubjectKind.AREA
    table = Table(place, year)
    page = Paginator(table.by_commune(kind), 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "year": str(year), "place": place, "page": page, "whole": table.of(kind)}
    context |= {"kind": SubjectKind(kind), "query": request.GET.urlencode()}
    return render(request, "registry/safety/communes.html", context)


@requires(READ)
@require_safe
def safety_excel(request):
    """The rates of the year, by kind and by commune, the subjects as filtered, and the grading."""
    filters, year, place = _asked(request)
    graded = MovementGrading.objects.visible_to(request.user, READ).of(place).filter(year=year)
    graded = graded.select_related("unit", "grade").order_by("unit__sort_key", "unit", "pk")
    file = workbook(Table(place, year), _subjects(request.user, filters, year, place), graded)
    return workbook_answer(file, f"an-toan-antt-{place.code}-{year}.xlsx")


@requires(READ)
@require_safe
def safety_detail(request, pk):
    """One subject in one year: registration, assessment by criteria, result."""
    row = get_visible_or_404(SafetyCertification.objects.with_names(), request.user, READ, pk=pk)
    rule = rule_of(row.kind, row.year)
    context = {
        **{"row": row, "answers": row.answers.all(), "rule": rule, "year": str(row.year)},
        "window": rule and rule.window(row.year),
        "may_write": has(request.user, WRITE, row.unit),
        "is_pending": row.result == Result.PENDING,
    }
    return render(request, "registry/safety/detail.html", context)


@requires(READ)
@require_safe
def safety_history(request, pk):
    """Who registered, assessed and decided a subject."""
    row = get_visible_or_404(SafetyCertification.objects.with_names(), request.user, READ, pk=pk)
    steps = steps_of((SafetyCertification, {"pgh_obj_id": pk}), (CriterionAnswer, {"certification": pk}))
    page = Paginator(steps, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "title": str(row), "back": reverse("registry:safety_detail", args=[pk])}
    return render(request, "registry/history.html", context)


def _subjects(user, filters, year: int, place):
    """The subjects that the page lists, as filtered."""
    asked = filters.asked()
    rows = SafetyCertification.objects.visible_to(user, READ).of(place).filter(year=year).with_names()
    for name in ("kind", "result"):
        rows = rows.filter(**{name: asked[name]}) if asked.get(name) else rows
    return rows.search(asked.get("q") or "").in_order()


def _asked(request):
    """The filters, the certification year and the place that the page is of."""
    filters = SafetyFilterForm(request.GET, user=request.user)
    asked = filters.asked()
    return (
        filters,
        asked.get("year") or timezone.localdate().year,
        asked.get("unit") or place_of(request.user),
    )


def _rules(year: int) -> list[tuple]:
    """(label, first day, last day) of the window of each kind; days None where no rule is known."""
    found = []
    for kind in SubjectKind:
        rule = rule_of(kind, year)
        found.append((kind.label, *(rule.window(year) if rule else (None, None))))
    return found


def _awaiting(user, year: int) -> list[tuple[str, str, int]]:
    """(kind, label, how many) of the subjects that the person may write a result for."""
    rows = SafetyCertification.objects.visible_to(user, WRITE).filter(year=year).awaiting().order_by("kind")
    counts = rows.values_list("kind").annotate(n=Count("pk")).values_list("kind", "n")
    return [(kind, SubjectKind(kind).label, n) for kind, n in counts]


def _picture(rates, year: int):
    return bars(
        [Bar(r.label, r.share) for r in rates], title=f"Tỷ lệ đạt năm {year} theo đối tượng", unit="%"
    )
