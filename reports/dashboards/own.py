"""A commune at a glance: the blocks of the dashboard for the own unit, or for one of the province's."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.units.models import AdminUnit
from reports.dashboards.blocks import blocks_of
from reports.dashboards.blocks.shape import Scene
from reports.dashboards.choice import PeriodForm
from reports.dashboards.workbook import of_blocks, taken_away

READ = Permission.LOG_VIEW


@requires(READ)
@require_safe
def commune_board(request):
    """What is covered, certified and reached in one commune in a period."""
    scene, form, own = _asked(request)
    kept = {key: request.GET[key] for key in ("lich", "ky", "tu", "den") if key in request.GET}

    def address(unit) -> str:
        return "?" + urlencode(kept | {"don-vi": unit.code})

    context = {
        **{"unit": scene.place, "period": scene.period, "form": form, "blocks": blocks_of(scene)},
        "excel_url": reverse("reports:commune_board_excel") + address(scene.place),
        "others": [(unit.full_name, address(unit)) for unit in own if unit != scene.place],
    }
    return render(request, "reports/dashboard/commune.html", context)


@requires(READ)
@require_safe
def commune_board_excel(request):
    """The same blocks, a sheet each."""
    scene, _form, _own = _asked(request)
    return taken_away(of_blocks(blocks_of(scene)), scene.place.code, scene.period)


def _asked(request) -> tuple[Scene, PeriodForm, list[AdminUnit]]:
    """The scene, the form of the period, the communes that are the person's own."""
    today = timezone.localdate()
    scope = scope_of(request.user, READ)
    form = PeriodForm(request.GET, today=today)
    communes = AdminUnit.objects.today().communes().filter(scope.as_q("pk")).order_by("sort_key", "code")
    own = list(communes.filter(pk__in=scope.communes))
    code = request.GET.get("don-vi", "")
    unit = communes.filter(code=code).first() if code.isalnum() else (own or communes[:1] or [None])[0]
    if unit is None:
        raise Http404
    return Scene(unit, form.period, request.user, today), form, own
