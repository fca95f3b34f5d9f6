"""Who owes which report, for which periods, and who has not given it."""

from datetime import date

from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.roles import ROLES
from portal.accounts.models import Posting
from portal.units.models import AdminUnit
from reports import calendar, holidays
from reports.errors import ReportError
from reports.models import Report, ReportingObligation
from reports.models.catalogue import PeriodKind

NOT_PERIODIC = (PeriodKind.STAGE, PeriodKind.CUSTOM, PeriodKind.N_MONTHS)


def check_period(obligation: ReportingObligation, period: calendar.Period) -> None:
    """ReportError unless the period is one that the obligation asks for and is over."""
    if (period.kind, period.calendar) != (obligation.report_type.period_kind, obligation.calendar):
        raise ReportError("Kỳ báo cáo không đúng loại kỳ hoặc lịch của chế độ báo cáo này.")
    if period.end >= timezone.localdate():
        raise ReportError(f"Kỳ báo cáo {period.label} chưa kết thúc ({period.data_range_label}).")


def deadline(obligation: ReportingObligation, period: calendar.Period) -> date:
    """Working days after the cut-off; of a report that is asked for later, after the day of asking."""
    asked = period.end if obligation.opens_by_itself else max(period.end, timezone.localdate())
    return holidays.due_on(asked, obligation.working_days)


def closed_periods(obligation: ReportingObligation, today: date) -> list[calendar.Period]:
    """The periods that ended before today and since the obligation holds, latest first."""
    if obligation.report_type.period_kind in NOT_PERIODIC:
        return []
    last = calendar.last_closed(obligation.report_type.period_kind, obligation.calendar, today)
    periods = []
    while last.end >= obligation.starts_on:
        if obligation.ends_on is None or last.end <= obligation.ends_on:
            periods.append(last)
        last = last.previous()
    return periods


def running_period(obligation: ReportingObligation, today: date) -> calendar.Period | None:
    """The period that holds today or is to come (of nine months), if the obligation asks for it."""
    kind, lives_by = obligation.report_type.period_kind, obligation.calendar
    if kind in NOT_PERIODIC:
        return None
    period = calendar.running(kind, lives_by, today)
    ends_on = obligation.ends_on or period.end
    return period if max(today, obligation.starts_on) <= period.end <= ends_on else None


def provinces_in_use(day: date):
    """Today's provinces where someone reviews reports: to open a period elsewhere would ask nobody."""
    reviewers = [role for role, given in ROLES.items() if Permission.REPORT_REVIEW in given]
    served = Posting.objects.in_force(day).filter(role__in=reviewers, user__is_active=True)
    return AdminUnit.objects.today().provinces().filter(pk__in=served.values("unit__today_unit"))


def existing_communes(province: AdminUnit | None, period: calendar.Period):
    """The communes, of the map of the period's last day, that lie in the province of today; None: in any."""
    communes = AdminUnit.objects.communes().on(period.end)
    return communes.under(province) if province else communes


def owing_communes(obligation: ReportingObligation, period: calendar.Period, province: AdminUnit | None):
    """The communes of a province, or of the nation, that owe the report: all there were, or those asked."""
    source = obligation.source() or obligation
    communes = existing_communes(province, period)
    if source.covers_all:
        return communes
    return communes.filter(pk__in=Report.objects.owed(source, period).values("unit"))
