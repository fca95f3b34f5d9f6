"""What a province does: see who has sent, open a period, ask back, accept, compile."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.units.models import AdminUnit
from programs.activities.indicators import INDICATORS
from reports import actions, windows
from reports.content import content_of
from reports.errors import ReportError
from reports.forms import OpenPeriodForm, OverviewForm, ReturnForm
from reports.models import Report, ReportingObligation, State
from reports.presenters import overview as present
from reports.presenters.figures import figure_lines
from reports.presenters.page import named
from reports.review import unit_rows
from reports.rights import own_or_404
from reports.views.attempt import attempt

NOT_SENT = "Chỉ yêu cầu bổ sung, chỉnh sửa được với báo cáo đã gửi và chưa tiếp nhận."


def province_or_404(user, permission: Permission, code: str | None) -> AdminUnit:
    """The province that `user` looks at: the one of `code`, else the first (mostly the only) one."""
    scope = scope_of(user, permission)
    mine = AdminUnit.objects.filter(pk__in=scope.provinces | scope.own_provinces).order_by("sort_key")
    found = mine.filter(code=code).first() if code and code.isalnum() else mine.first()
    if found is None:
        raise Http404
    return found


@requires(Permission.REPORT_REVIEW)
@require_safe
def overview(request):
    """Tình hình gửi báo cáo của các xã, phường, đặc khu, with one figure beside last year's."""
    province = province_or_404(request.user, Permission.REPORT_REVIEW, request.GET.get("tinh"))
    opened = windows.opened(province)
    form = OverviewForm(opened, request.GET)
    window = windows.find(opened, form.chosen("ky"))
    context = {"province": province, "form": form, "open_url": reverse("reports:open_period")}
    if window:
        context |= _overview(request, province, window, form.chosen("chi-tieu") or INDICATORS[0].slug)
    return render(request, "reports/overview.html", context)


def _overview(request, province, window, slug) -> dict:
    wanted = request.GET.get("tinh-hinh", "")
    base = {"ky": window.key, "chi-tieu": slug, "tinh": province.code}

    def url_of(status: str = "") -> str:
        return "?" + urlencode(base | ({"tinh-hinh": status} if status else {}))

    rows = unit_rows(window, province, slug)
    shown = [row for row in rows if row.matches(wanted)] if wanted else rows
    indicator = next(each for each in INDICATORS if each.slug == slug)
    compiled = compiled_report(window, province)
    return {
        "lead": f"{province.full_name} · {window.label} · {window.period.data_range_label}",
        "window": window,
        "indicator": indicator,
        "counts": present.counts(rows, url_of, wanted),
        "rows": shown,
        "whole": len(rows),
        "wanted": wanted,
        "all_url": url_of(),
        "total": present.total(shown),
        "compiled": compiled,
    }


def compiled_report(window, province) -> Report | None:
    """The province's own report of the window, its last version."""
    obligation = window.obligation.compiled()
    if obligation is None:
        return None
    owed = Report.objects.owed(obligation, window.period).filter(unit=province)
    return owed.latest().select_related("report_type").first()


@requires(Permission.PERIOD_OPEN)
@require_http_methods(["GET", "HEAD", "POST"])
def open_period(request):
    """Open a closed period for all communes of the province; the work goes on in the background."""
    province = province_or_404(request.user, Permission.PERIOD_OPEN, request.POST.get("tinh"))
    today = timezone.localdate()
    form = OpenPeriodForm(request.POST or None, obligations=commune_obligations(), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            job = actions.open_period(
                obligation=form.obligation, period=form.period, province=province, by=request.user
            )
            return redirect("jobs:progress", job.pk)
        except ReportError as refusal:
            form.add_error(None, refusal.message_vi)
    return render(request, "reports/open_period.html", {"form": form, "province": province})


def commune_obligations() -> list[ReportingObligation]:
    """What communes may be asked for, the programme in force first."""
    named = ReportingObligation.objects.of_communes().select_related("report_type", "programme")
    return list(named.order_by("-programme__starts_on", "report_type", "pk"))


@requires(Permission.REPORT_COMPILE)
@require_POST
def compile_window(request):
    """Add the accepted reports of a window up into the province's report, or go to the one that exists."""
    province = province_or_404(request.user, Permission.REPORT_COMPILE, request.POST.get("tinh"))
    key = request.POST.get("ky", "")
    window = next((each for each in windows.opened(province) if each.key == key), None)
    if window is None:
        raise Http404
    return _compile(request, window.obligation.compiled(), window.period, province)


@requires(Permission.REPORT_COMPILE)
@require_POST
def recompile(request, pk):
    """Take what has been accepted since into a province's report that is still a draft."""
    report = own_or_404(request.user, Permission.REPORT_COMPILE, pk)
    if not report.is_province:
        raise Http404
    return _compile(request, windows.obligation_of(report), report.period, report.unit)


def _compile(request, obligation, period, province):
    try:
        report = actions.compile_province(
            obligation=obligation, period=period, province=province, by=request.user
        )
    except ReportError as refusal:
        messages.error(request, refusal.message_vi)
        return redirect("reports:overview")
    messages.success(request, "Đã tổng hợp từ các báo cáo đã tiếp nhận.")
    return redirect("reports:detail", report.pk)


def reviewed_or_404(user, pk: int) -> Report:
    """A commune's report that `user` reviews."""
    communes = Report.objects.filter(report_type__level="commune").with_names()
    return get_object_or_404(communes.visible_to(user, Permission.REPORT_REVIEW), pk=pk)


@requires(Permission.REPORT_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def return_report(request, pk):
    """Ask back: a reason at each line or section that must be mended."""
    report = reviewed_or_404(request.user, pk)
    if report.state != State.SENT:
        messages.error(request, NOT_SENT)
        return redirect("reports:detail", pk)
    content = content_of(report)
    form = ReturnForm(request.POST if request.method == "POST" else None, content=content)
    if form.is_bound and form.is_valid():
        try:
            actions.return_report(report=report, notes=form.notes, by=request.user)
            form.note_attestation(by=request.user, place="report.return", subject=report.pk)
            messages.success(request, "Đã gửi yêu cầu bổ sung, chỉnh sửa về đơn vị.")
            return redirect("reports:detail", pk)
        except ReportError as refusal:
            form.add_error(None, refusal.message_vi)
    context = {
        "form": form,
        "line_fields": [(line, form[f"line-{line.slug}"]) for line in figure_lines(content)],
        "section_fields": [(section, form[f"section-{section['key']}"]) for section in content["sections"]],
    }
    return render(request, "reports/return_form.html", named(report) | context)


@requires(Permission.REPORT_REVIEW)
@require_POST
def accept(request, pk):
    """Take the report in: from now on its figures stand."""
    report = reviewed_or_404(request.user, pk)
    return attempt(
        request,
        lambda: actions.accept(report=report, by=request.user),
        done="Đã tiếp nhận báo cáo.",
        then="reports:detail",
        args=[pk],
    )
