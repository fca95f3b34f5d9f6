"""Reports that are owed around a day, with their deadlines, also those that nobody has drafted yet.

A first stage may come before the period is over: of a month the deadline is two working days after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q

from portal.units.models import AdminUnit
from reports import calendar, holidays, obligations
from reports.models import Report, ReportingObligation, State
from reports.models.catalogue import ReportLevel
from reports.windows import Window

BEFORE_WORKING_DAYS = 5
# What was not sent for longer is no news, nor for people who came later.
AFTER = timedelta(days=31)


@dataclass(frozen=True)
class Owed:
    """What a unit has not given. `report` is the id of its draft, None where there is none yet."""

    window: Window
    unit: AdminUnit
    due_on: date
    report: int | None = None

    @property
    def is_province(self) -> bool:
        return self.window.obligation.report_type.level == ReportLevel.PROVINCE

    def stage(self, today: date) -> str:
        """ "before" (from five working days before, see `owed`), "day" or "after"."""
        return "before" if today < self.due_on else "day" if today == self.due_on else "after"


def owed(today: date) -> Iterator[Owed]:
    """All that is owed from five working days before its deadline until a month after it."""
    soon = holidays.due_on(today, BEFORE_WORKING_DAYS)
    known = list(ReportingObligation.objects.select_related("programme", "report_type"))
    return chain(_drafted(known, today, soon), _not_drafted(known, today, soon))


def _drafted(known: list[ReportingObligation], today: date, soon: date) -> Iterator[Owed]:
    """First versions that were never sent; of provinces, that both sides have not confirmed."""
    by_type = {(o.programme_id, o.report_type_id, o.calendar): o for o in known}
    never_sent = Q(report_type__level="commune", first_sent_at__isnull=True)
    never_sent |= Q(report_type__level="province") & ~Q(state=State.FROZEN)
    rows = Report.objects.latest().filter(never_sent, version=1, due_on__range=(today - AFTER, soon))
    for report in rows.select_related("unit__today_province").order_by("pk"):
        obligation = by_type.get((report.programme_id, report.report_type_id, report.calendar))
        if obligation:
            yield Owed(Window(obligation, report.period), report.unit, report.due_on, report.pk)


def _not_drafted(known: list[ReportingObligation], today: date, soon: date) -> Iterator[Owed]:
    """What every unit of the provinces in use owes without being asked, where no report is yet."""
    provinces = list(obligations.provinces_in_use(today).values_list("pk", flat=True))
    for obligation in known:
        if not (obligation.opens_by_itself and obligation.covers_all):
            continue
        for period in _periods(obligation, today):
            due_on = holidays.due_on(period.end, obligation.working_days)
            if today - AFTER <= due_on <= soon:
                for unit in _units_without(obligation, period, provinces):
                    yield Owed(Window(obligation, period), unit, due_on)


def _units_without(obligation, period: calendar.Period, provinces: list[int]):
    places = AdminUnit.objects.filter(pk__in=provinces)
    if obligation.report_type.level == ReportLevel.COMMUNE:
        places = AdminUnit.objects.communes().on(period.end).filter(today_province__in=provinces)
    drafted = Report.objects.owed(obligation, period).values("unit")
    return places.exclude(pk__in=drafted).select_related("today_province").order_by("pk")


def _periods(obligation: ReportingObligation, today: date) -> list[calendar.Period]:
    """The running period and the closed ones whose deadline may be near."""
    far = today - AFTER - timedelta(days=3 * obligation.working_days + 30)
    closed = [p for p in obligations.closed_periods(obligation, today) if p.end >= far]
    running = obligations.running_period(obligation, today)
    return [*closed, running] if running else closed
