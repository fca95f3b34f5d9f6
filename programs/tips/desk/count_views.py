"""How many tips there were, for both sides; small cells hidden."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.accounts.choices import Side
from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.tips.closed import closed
from programs.tips.counting import K, categories_for, closed_quarters, shown
from programs.tips.publishing import published
from programs.tips.rooms import rooms_beside
from programs.tips.states import Category

PAGE_SIZE = 50
HIDDEN = "…"


@requires(Permission.TIP_COUNT)
@require_safe
@closed
def counts(request):
    """One closed quarter of the own units."""
    quarters = closed_quarters(timezone.localdate())
    quarter = next((q for q in quarters if str(q) == request.GET.get("quarter")), quarters[0])
    units = AdminUnit.objects.today().filter(scope_of(request.user, Permission.TIP_COUNT).as_q("pk"))
    police_at = _police_at(request.user, units)
    categories = categories_for(police_at)
    cells, by_unit, by_category = shown(published(quarter, units), police_at)
    page = Paginator(units.order_by("level", "sort_key", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "quarters": quarters,
        "quarter": quarter,
        "k": K,
        "labels": [*(Category(c).label for c in categories), "Cộng các ô hiện số"],
        "page": page,
        "is_of_both": bool(police_at) and any(unit.pk not in police_at for unit in page),
        "rooms": rooms_beside(request),
        "rows": [
            (u.full_name, _line([cells.get((u.pk, c)) for c in categories], by_unit[u.pk])) for u in page
        ],
        "totals": _line([by_category[c] for c in categories], sum(by_unit.values())),
    }
    return render(request, "tips/desk/counts.html", context)


def _police_at(user, units) -> frozenset[int]:
    scope = scope_of(user, Permission.TIP_COUNT, side=Side.POLICE)
    return frozenset(units.filter(scope.as_q("pk")).values_list("pk", flat=True)) if scope else frozenset()


def _line(figures: list, total: int) -> list[str]:
    return [number(figure) if figure else HIDDEN for figure in [*figures, total]]
