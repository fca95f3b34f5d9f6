"""Reports as rows of a list, and what each asks of the person who reads it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from portal.ui.numbers import day
from reports.models import Report, State
from reports.presenters.page import title

# Colour only repeats what the words say.
STATE_CSS = {
    State.DRAFT: "",
    State.AWAITING: "wait",
    State.SENT: "",
    State.RETURNED: "late",
    State.ACCEPTED: "done",
    State.FROZEN: "done",
}


@dataclass(frozen=True)
class ReportRow:
    """A line of the list of reports."""

    url: str
    title: str
    type_name: str
    version: int
    unit_name: str
    data_range: str
    due_on: str
    state: str
    css: str
    late: str


def report_row(report: Report, today: date | None = None) -> ReportRow:
    """`report` needs its unit and type; nothing else is read."""
    return ReportRow(
        url=reverse("reports:detail", args=[report.pk]),
        title=title(report),
        type_name=report.report_type.name,
        version=report.version,
        unit_name=report.unit.full_name,
        data_range=f"{day(report.period_start)} – {day(report.period_end)}",
        due_on=day(report.due_on),
        state=report.get_state_display(),
        css=STATE_CSS[State(report.state)],
        late=late_words(report, today),
    )


def late_words(report: Report, today: date | None = None) -> str:
    """ "Gửi chậm" for what was sent late, "Quá hạn 3 ngày" for what is still owed, else nothing."""
    today = today or timezone.localdate()
    if not report.is_late(today):
        return ""
    if report.first_sent_at:
        return "Gửi chậm"
    if report.state == State.FROZEN:
        return ""
    return f"Quá hạn {(today - report.due_on).days} ngày"
