"""The page of coverage, and the same as a workbook."""

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.files.handing_out import XLSX
from programs.festivals import presentation
from programs.festivals.forms import CoverageForm
from programs.festivals.workbook import workbook

PAGE_SIZE = 50
READ = Permission.LOG_VIEW


@requires(READ)
@require_safe
def coverage(request):
    """Areas that held a festival: a province by its communes, a commune by its areas; those missing first."""
    filters = CoverageForm(request.GET, user=request.user)
    place, season = filters.place, filters.season
    is_commune = place.level == "commune"
    rows = presentation.areas_in_order(place, season) if is_commune else presentation.communes(place, season)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **{"filters": filters, "place": place, "season": season, "year": str(season.year), "page": page},
        **{"is_commune": is_commune, "query": request.GET.urlencode()},
        **presentation.summary(place, season, [] if is_commune else rows),
        "rows": presentation.areas(page, season) if is_commune else page.object_list,
    }
    return render(request, "festivals/coverage.html", context)


@requires(READ)
@require_safe
def coverage_excel(request):
    """Every commune with its counts, and every area with whether it held the festival."""
    filters = CoverageForm(request.GET, user=request.user)
    place, season = filters.place, filters.season
    name = f"ngay-hoi-{season.festival}-{place.code}-{season.year}.xlsx"
    file = workbook(place, season)
    return FileResponse(file, content_type=XLSX, as_attachment=True, filename=name)
