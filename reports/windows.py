"""A window: one commune obligation for one period, as a province looks at it."""

from dataclasses import dataclass
from datetime import date

from portal.units.models import AdminUnit
from reports.calendar import Period
from reports.models import Report, ReportingObligation

WINDOWS_SHOWN = 60


@dataclass(frozen=True)
class Window:
    """What the communes owe (`obligation` is theirs) for `period`."""

    obligation: ReportingObligation
    period: Period

    @property
    def key(self) -> str:
        """Its name in addresses: "3@month:decree:2026-10-15:2026-11-14"."""
        return f"{self.obligation.pk}@{self.period.key}"

    @property
    def label(self) -> str:
        """ "Báo cáo tháng 11/2026 (07/CTrPH-BCA-MTTW)"."""
        return f"Báo cáo {self.period.label} ({self.obligation.programme.number})"


def opened(province: AdminUnit) -> list[Window]:
    """The windows that have been opened in a province, the latest first."""
    obligations = {
        (o.programme_id, o.report_type_id, o.calendar): o
        for o in ReportingObligation.objects.of_communes().select_related("programme", "report_type")
    }
    columns = ("programme_id", "report_type_id", "calendar", "period_kind", "period_start", "period_end")
    rows = Report.objects.in_province(province).order_by("-period_end", "period_start", "report_type_id")
    found = [
        Window(obligations[(programme, report_type, calendar)], Period(kind, calendar, start, end))
        for programme, report_type, calendar, kind, start, end in rows.values_list(*columns).distinct()
        if (programme, report_type, calendar) in obligations
    ]
    return found[:WINDOWS_SHOWN]


def find(windows: list[Window], key: str) -> Window | None:
    """The window of a key, else the first (latest) one, None if there is none at all."""
    return next((window for window in windows if window.key == key), windows[0] if windows else None)


def period_from_key(text: str) -> Period:
    """The period that `Period.key` names; ValueError for anything else."""
    kind, calendar, start, end = text.split(":")
    return Period(kind, calendar, date.fromisoformat(start), date.fromisoformat(end))


def obligation_of(report: Report) -> ReportingObligation | None:
    """The obligation that a report answers."""
    return (
        ReportingObligation.objects.filter(
            programme=report.programme_id, report_type=report.report_type_id, calendar=report.calendar
        )
        .select_related("report_type", "programme")
        .first()
    )
