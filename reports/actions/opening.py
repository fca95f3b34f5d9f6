"""Opening a period: a job that makes one draft per commune."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from portal.access.permissions import Permission
from portal.jobs import actions as jobs
from portal.jobs.models import Job
from portal.units.models import AdminUnit
from reports import obligations
from reports.actions.common import ensure
from reports.calendar import Period
from reports.errors import ReportError
from reports.models import ReportingObligation

KIND = "reports.open_period"


@transaction.atomic
def open_period(
    *, obligation: ReportingObligation, period: Period, province: AdminUnit, by, communes=None
) -> Job:
    """Start the job that drafts the report of every commune that existed, or of `communes` (units) alone.

    by: province staff, None for the schedule. Asked twice, it is one job and one report each.
    """
    if by is not None:
        ensure(by, Permission.PERIOD_OPEN, province)
    obligation = obligation.source() or obligation
    obligations.check_period(obligation, period)
    units = _units(period, province, communes)
    return jobs.start(
        kind=KIND,
        key=_key(obligation, period, province, units if communes is not None else None),
        args={
            "obligation": obligation.pk,
            "province": province.pk,
            "period": [period.kind, period.calendar, period.start.isoformat(), period.end.isoformat()],
            "units": units,
        },
        total=len(units),
        unit=province,
        by=by,
    )


def open_due_periods(today=None) -> list[Job]:
    """Start the jobs of all closed periods that have none, in the provinces in use."""
    today = today or timezone.localdate()
    regular = ReportingObligation.objects.of_communes().filter(opens_by_itself=True)
    provinces = list(obligations.provinces_in_use(today))
    started = []
    for obligation in regular.select_related("report_type", "programme"):
        for period in obligations.closed_periods(obligation, today):
            started += _open_where_not_yet(obligation, period, provinces)
    return started


def _open_where_not_yet(obligation, period, provinces) -> list[Job]:
    keys = {_key(obligation, period, province, None): province for province in provinces}
    known = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
    return [
        open_period(obligation=obligation, period=period, province=province, by=None)
        for key, province in keys.items()
        if key not in known
    ]


def _units(period, province, communes) -> list[int]:
    existing = obligations.existing_communes(province, period)
    if communes is not None:
        wanted = {unit.pk for unit in communes}
        existing = existing.filter(pk__in=wanted)
        if existing.count() < len(wanted):
            raise ReportError("Có đơn vị không thuộc tỉnh này hoặc không tồn tại vào ngày cuối kỳ.")
    units = list(existing.order_by("pk").values_list("pk", flat=True))
    if not units:
        raise ReportError("Không có xã, phường, đặc khu nào để lập báo cáo cho kỳ này.")
    return units


def _key(obligation, period, province, units) -> str:
    asked = ":" + sha256(repr(units).encode()).hexdigest()[:16] if units is not None else ""
    return f"open:{obligation.pk}:{period.key}:{province.pk}{asked}"
