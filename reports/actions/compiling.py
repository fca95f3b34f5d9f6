"""The province's report: the sum of the accepted reports of its communes."""

from django.db import transaction

from portal.access.permissions import Permission
from portal.units.models import AdminUnit
from reports import building, obligations
from reports.actions.common import back_to_draft, ensure, expect, lock, note_event
from reports.calendar import Period
from reports.compiled import included_reports, ready_reports
from reports.errors import ReportError
from reports.isolation import one_wins
from reports.models import Inclusion, Report, ReportEvent, ReportingObligation, State

NOTHING_YET = "Chưa có báo cáo nào của xã, phường, đặc khu được tiếp nhận trong kỳ này."


def compile_province(*, obligation: ReportingObligation, period: Period, province: AdminUnit, by) -> Report:
    """Make the province's draft, or bring it up to what has been accepted since.

    obligation: the province's or the communes'. A report that is frozen takes a next version instead.
    """
    ensure(by, Permission.REPORT_COMPILE, province)
    obligation = obligation.compiled()
    if obligation is None:
        raise ReportError("Chế độ báo cáo này không có báo cáo tổng hợp của cấp tỉnh.")
    obligations.check_period(obligation, period)
    with one_wins(), transaction.atomic():
        report = _draft(obligation, period, province)
        include_ready(report, by)
    return report


def include_ready(report: Report, by) -> None:
    """Let a locked draft add up the last accepted version of each commune; what was confirmed falls then."""
    ready, included = ready_reports(report), included_reports(report)
    if not ready:
        raise ReportError(NOTHING_YET)
    if {r.pk for r in ready} == {r.pk for r in included}:
        return
    if report.state == State.AWAITING:
        back_to_draft(report, by, "Tổng hợp lại từ báo cáo của các xã, phường, đặc khu")
    report.inclusions.all().delete()
    Inclusion.objects.bulk_create(Inclusion(province_report=report, commune_report=r) for r in ready)
    building.write_drafts(report)
    note_event(report, ReportEvent.Verb.COMPILED, by, f"{len(ready)} báo cáo")


def _draft(obligation, period, province) -> Report:
    """The latest version, locked; made if there is none."""
    # Two people pressing at once: the second waits here and finds what the first has made.
    AdminUnit.objects.select_for_update(no_key=True).get(pk=province.pk)
    latest = Report.objects.owed(obligation, period).filter(unit=province).latest().first()
    if latest is None:
        due_on = obligations.deadline(obligation, period)
        latest = building.new_report(obligation, period, province, due_on)
        latest.save()
        building.add_sections(latest)
    held = lock(latest)
    expect(held, State.DRAFT, State.AWAITING)
    return held
