"""The pages of counts: what came and went in a range, what is covered, what was published."""

from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from models_registry.counts import areas_of, closing, communes_of, coverage, movement
from models_registry.forms import ModelFilterForm, RangeForm
from models_registry.holdings.totals import loan_rows
from models_registry.models import HistoricalFigure, Status
from models_registry.movements import appraised, movements
from models_registry.reach import place_of
from portal.access.decorators import requires
from portal.access.permissions import Permission

PAGE_SIZE = 50
READ = Permission.REGISTRY_VIEW


@requires(READ)
@require_safe
def figures(request):
    """Opening, new, replicated, retired, closing; and published figures, which are added to nothing."""
    filters, since, until, place = _range(request)
    counts = closing(place, until)
    context = {
        **{"filters": filters, "since": since, "until": until, "place": place, "day": until},
        **{"counts": counts, "movement": movement(place, since, until)},
        "by_status": [(Status(status).label, number) for status, number in counts.by_status.items()],
        "published": HistoricalFigure.objects.visible_to(request.user, READ).of(place).used_first(),
    }
    loans = loan_rows(place, until).visible_to(request.user, READ).select_related("unit")
    context |= {"loans": loans, "appraised": appraised(place, until.year), "year": str(until.year)}
    context["query"] = request.GET.urlencode()
    return render(request, "registry/figures.html", context)


@requires(READ)
@require_safe
def by_commune(request):
    """Opening, new, replicated, retired, closing, commune by commune, with their sum."""
    filters, since, until, place = _range(request)
    page = Paginator(movements(place, since, until), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "since": since, "until": until, "place": place, "page": page}
    return render(request, "registry/movements.html", context | {"whole": movement(place, since, until)})


def _range(request):
    """The filters, the first and the last day, the place."""
    filters = RangeForm(request.GET, user=request.user)
    asked = filters.asked()
    until = asked.get("until") or timezone.localdate()
    since = min(asked.get("since") or date(until.year, 1, 1), until)
    return filters, since, until, asked.get("unit") or place_of(request.user)


class DayForm(ModelFilterForm):
    """A day and a commune."""

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        for name in ("q", "type", "status"):
            del self.fields[name]


@requires(READ)
@require_safe
def covered(request):
    """Communes and residential areas with a working model on a day, and those without."""
    filters = DayForm(request.GET, user=request.user)
    asked = filters.asked()
    day = asked.get("day") or timezone.localdate()
    place = asked.get("unit") or place_of(request.user)
    is_commune = place.level == "commune"
    rows = areas_of(place, day) if is_commune else communes_of(place, day)
    page = Paginator(rows.order_by("is_covered", "sort_key", "pk"), PAGE_SIZE)
    context = {"filters": filters, "day": day, "place": place, "coverage": coverage(place, day)}
    context |= {"page": page.get_page(request.GET.get("page")), "is_commune": is_commune}
    return render(request, "registry/coverage.html", context)
