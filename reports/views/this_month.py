"""The activities behind a figure of the running month on "Việc cần làm"."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.ui.numbers import number
from programs.activities import figures as log
from programs.activities.custom.models import CustomIndicator
from programs.activities.custom.querysets import is_custom
from programs.activities.indicators import indicator
from reports.presenters.behind import behind_rows
from reports.this_month import communes_of, month_to

ROWS_A_PAGE = 50


@requires(Permission.LOG_WRITE)
@require_safe
def month_rows(request, slug):
    """What adds up to a figure of this month, or of the same days last year, in one of the own communes."""
    counted = _indicator_or_404(slug)
    unit = _commune_or_404(request)
    month = month_to(timezone.localdate())
    period = month.before if request.GET.get("nam") == "truoc" else month.now
    units = log.recorded_units([unit.pk])
    rows = log.rows_behind(indicator=slug, units=units, start=period.start, end=period.end)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "indicator": counted,
        "unit": unit,
        "period": period,
        "page": page,
        "rows": behind_rows(page.object_list, as_counted=False),
        "total": number(sum(row.amount for row in rows)),
        "total_rows": number(len(rows)),
    }
    return render(request, "reports/month_rows.html", context)


def _commune_or_404(request):
    """The own commune that the address names, or the first."""
    own, code = communes_of(request.user), request.GET.get("don-vi")
    found = get_object_or_404(own, code=code) if code else own.first()
    if found is None:
        raise Http404
    return found


def _indicator_or_404(slug: str):
    try:
        return CustomIndicator.objects.named(slug) if is_custom(slug) else indicator(slug)
    except (KeyError, CustomIndicator.DoesNotExist):
        raise Http404 from None
