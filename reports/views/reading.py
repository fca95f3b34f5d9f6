"""Reading reports: the list, a report, the rows behind a figure, what changed between two contents."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_registry.standing import ORDER
from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.ui.numbers import number
from reports import actions, trace
from reports.content import content_of
from reports.diff import changes_since_return, changes_since_version
from reports.lines import plain
from reports.listing import ListFilters
from reports.models import State
from reports.presenters.behind import behind_rows, changes_since, standing_rows
from reports.presenters.diff import changed_texts
from reports.presenters.figures import figure_lines
from reports.presenters.page import named
from reports.presenters.report import report_page
from reports.presenters.rows import report_row
from reports.rights import readable, readable_or_404, reviews

REPORTS_A_PAGE = 50
ROWS_A_PAGE = 50


@requires(Permission.REPORT_VIEW)
@require_safe
def report_list(request):
    """The reports that one may read, the latest period first."""
    form = ListFilters(request.GET)
    found = form.apply(readable(request.user).select_related("unit", "report_type"))
    # The own report of a province stands above those of its communes.
    ordered = found.order_by("-period_end", "-report_type__level", "unit__sort_key", "-version", "pk")
    page = Paginator(ordered, REPORTS_A_PAGE).get_page(request.GET.get("page"))
    rows = [report_row(report) for report in page]
    context = {"form": form, "filtered": form.is_used, "page": page, "rows": rows}
    return render(request, "reports/list.html", context)


@requires(Permission.REPORT_VIEW)
@require_safe
def detail(request, pk):
    """The report. The province's first look at a sent one ends the unit's right to recall it."""
    report = readable_or_404(request.user, pk)
    if report.state == State.SENT and not report.opened_at and reviews(request.user, report):
        actions.mark_opened(report=report, by=request.user)
        report = readable_or_404(request.user, pk)
    context = {"page": report_page(request.user, report), **named(report)}
    return render(request, "reports/detail.html", context)


@requires(Permission.REPORT_VIEW)
@require_safe
def line(request, pk, slug):
    """What adds up to a figure: activities of a commune's report, communes of a province's."""
    report = readable_or_404(request.user, pk)
    lines = figure_lines(content_of(report))
    found = next((each for each in lines if each.slug == slug), None)
    if found is None:
        raise Http404
    if report.is_province:
        return _province_line(request, report, found)
    if slug in ORDER:
        return _standing_line(request, report, found)
    rows = trace.rows_of(report, slug)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    as_counted = report.snapshot_id is not None
    shown = behind_rows(page.object_list, as_counted=as_counted)
    context = {
        "line": found,
        "page": page,
        "rows": shown,
        "as_counted": as_counted,
        "changed_count": number(len(changes_since(rows))) if as_counted else "",
        "many_units": len({row.unit_id for row in rows}) > 1,
        "total": number(sum(row.amount for row in rows)),
        "total_rows": number(len(rows)),
        "of_readings": any(row.is_reading for row in rows),
    }
    return render(request, "reports/line.html", named(report) | context)


def _standing_line(request, report, found):
    """The rows of the registry whose sum stands at the end of the period."""
    rows = trace.standing_rows_of(report, found.slug)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "line": found,
        "page": page,
        "rows": standing_rows(page.object_list),
        "as_counted": report.snapshot_id is not None,
        "total": number(sum(one.row.amount for one in rows)),
        "total_rows": number(len(rows)),
    }
    return render(request, "reports/line_standing.html", named(report) | context)


def _province_line(request, report, found):
    communes = trace.communes_of(report, found.slug)
    open_to_read = set(
        readable(request.user).filter(pk__in=[each.pk for each, _ in communes]).values_list("pk", flat=True)
    )
    rows = [
        {
            "name": commune.unit.full_name,
            "pk": commune.pk if commune.pk in open_to_read else None,
            "version": commune.version,
            "amount": number(amount),
        }
        for commune, amount in communes
    ]
    context = {
        "line": found,
        "rows": rows,
        # Of different things the number of different ones is not the sum.
        "total": found.current if found.slug in ORDER else number(plain(sum(a for _, a in communes))),
        "total_rows": number(len(rows)),
        "missing": content_of(report).get("missing", []),
    }
    return render(request, "reports/line_province.html", named(report) | context)


@requires(Permission.REPORT_VIEW)
@require_safe
def diff(request, pk):
    """What differs from the version before, or from what the province sent back."""
    report = readable_or_404(request.user, pk)
    if not report.supersedes_id and not report.notes.exists():
        raise Http404
    since_return = report.notes.exists()
    changes = changes_since_return(report) if since_return else changes_since_version(report)
    heading = "Thay đổi so với lần gửi trước" if since_return else "Thay đổi so với bản trước"
    context = {
        "heading": heading,
        "lines": [change for change in changes if change.kind == "line"],
        "texts": changed_texts(changes),
        "communes": [change for change in changes if change.kind == "commune"],
    }
    return render(request, "reports/diff.html", named(report) | context)
