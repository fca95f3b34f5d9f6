"""Who has sent, who has not, and one figure beside last year's: a province's period at a glance."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.urls import reverse

from portal.ui.numbers import day, number, signed_change
from reports.models import Report, State


class Status(StrEnum):
    """How far a unit is with a period, in the words of the province's overview."""

    MISSING = "Chưa gửi báo cáo"
    SENT = "Chờ tiếp nhận"
    RETURNED = "Yêu cầu bổ sung"
    RECEIVED = "Đã tiếp nhận"

    @property
    def slug(self) -> str:
        return self.name.lower()


CSS = {Status.MISSING: "", Status.SENT: "", Status.RETURNED: "wait", Status.RECEIVED: "done"}
# Filters that cut across: a report that came late, or that says there was nothing, has a status too.
LATE, NIL = "late", "nil"
EXTRA = {LATE: ("Gửi chậm", "late"), NIL: ("Không phát sinh", "done")}


def status_of(report: Report | None) -> Status:
    if report is None or report.state in (State.DRAFT, State.AWAITING):
        return Status.MISSING
    if report.state in (State.ACCEPTED, State.FROZEN):
        return Status.RECEIVED
    return Status.RETURNED if report.state == State.RETURNED else Status.SENT


@dataclass(frozen=True)
class UnitRow:
    """One commune in the overview; the three numbers are texts, `amount` and `base` are for the sums."""

    name: str
    url: str
    status: Status
    stage: str
    css: str
    version: int
    late: bool
    nil: bool
    sent_on: str
    amount: int | None
    base: int | None
    current: str = field(init=False)
    same_period: str = field(init=False)
    change: str = field(init=False)

    def __post_init__(self):
        for name, value in {
            "current": number(self.amount),
            "same_period": number(self.base),
            "change": signed_change(self.amount, self.base),
        }.items():
            object.__setattr__(self, name, value)

    def matches(self, wanted: str) -> bool:
        return {LATE: self.late, NIL: self.nil}.get(wanted, self.status.slug == wanted)


def unit_row(
    unit, report: Report | None, figures: tuple[int | None, int | None], nil: bool, today: date
) -> UnitRow:
    """`figures`: (this period, same period last year) of the chosen indicator."""
    drafted = report is not None and report.state in (State.DRAFT, State.AWAITING)
    return UnitRow(
        name=unit.full_name,
        url=reverse("reports:detail", args=[report.pk]) if report else "",
        status=status_of(report),
        stage=report.get_state_display() if drafted else "",
        css=css_of(report, today),
        version=report.version if report else 1,
        late=bool(report and report.first_sent_at and report.is_late(today)),
        nil=nil,
        sent_on=day(report.first_sent_at) if report and report.first_sent_at else "–",
        amount=figures[0],
        base=figures[1],
    )


def css_of(report: Report | None, today: date) -> str:
    """Red only for what is late: not sent although the deadline has passed."""
    status = status_of(report)
    overdue = status is Status.MISSING and report is not None and report.is_late(today)
    return "late" if overdue else CSS[status]


def counts(rows: Iterable[UnitRow], url_of: Callable[[str], str], wanted: str = "") -> list[dict]:
    """How many units in each status, with the address that shows only those."""
    rows = list(rows)
    kinds = [(status.slug, status.value, _worst(rows, status)) for status in Status]
    kinds += [(slug, label, css) for slug, (label, css) in EXTRA.items()]
    return [
        {"label": label, "css": css, "url": url_of(slug), "number": number(found), "current": slug == wanted}
        for slug, label, css in kinds
        if (found := sum(row.matches(slug) for row in rows))
    ]


def _worst(rows: list[UnitRow], status: Status) -> str:
    """The colour of a count: red as soon as one of its units is late."""
    return "late" if any(row.css == "late" for row in rows if row.status is status) else CSS[status]


def total(rows: Iterable[UnitRow]) -> dict[str, str]:
    """The sums of the shown rows. The same period is a sum only of what is known."""
    rows = list(rows)
    now = sum(row.amount or 0 for row in rows)
    known = [row.base for row in rows if row.base is not None]
    then = sum(known) if known else None
    return {"current": number(now), "same_period": number(then), "change": signed_change(now, then)}


def line_of(content: Mapping, slug: str) -> tuple[int | None, int | None]:
    """(this period, same period) of an indicator in a report's content."""
    line = next((line for line in content["lines"] if line["indicator"] == slug), None)
    return (line["current"], line["same_period"]) if line else (None, None)
