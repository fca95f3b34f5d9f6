"""Who has sent over several periods: a row a unit, a column a period, and what speaks for completeness.

A commune's cell says how far its report is and how many activities were logged for the period; a province's
says how many of its communes have sent, how many are overdue, and in how many anything was counted.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, BooleanField, Count, F, Func, Max, Q
from django.urls import reverse

from portal.ui.numbers import day, number
from portal.units.models import AdminUnit
from portal.units.validity import in_validity
from programs.activities.figures import recorded_units
from programs.activities.indicators import columns
from programs.activities.models import ActivityEntry, Tally
from reports import calendar
from reports.calendar import Period
from reports.dashboards.board import Board
from reports.dashboards.sending import counts_by_province, gone_out
from reports.models import Report, ReportingObligation
from reports.obligations import NOT_PERIODIC, closed_periods
from reports.presenters.overview import EXTRA, LATE, NIL, Status, css_of, status_of

SHOWN = 6
NOT_OPENED, NO_UNIT = "Chưa mở kỳ", "Chưa có đơn vị"
SAYS_NIL = "(convert_from(%(expressions)s, 'UTF8')::json ->> 'nil')::boolean"


@dataclass(frozen=True)
class Cell:
    """`tags`: (words, css) of the state; note: the evidence; url: the report, if it may be opened."""

    tags: tuple[tuple[str, str], ...]
    note: str = ""
    url: str = ""

    @property
    def words(self) -> str:
        """All of it as one text, for a workbook."""
        return "; ".join([*(words for words, _ in self.tags), *filter(None, [self.note])])


@dataclass(frozen=True)
class Row:
    """`last`: the last day of an activity that was logged since the first period began."""

    name: str
    cells: tuple[Cell, ...]
    url: str = ""
    last: str = ""


def obligations() -> list[ReportingObligation]:
    """What communes owe period by period, the programme in force first, months before longer periods."""
    named = ReportingObligation.objects.of_communes().select_related("report_type", "programme")
    periodic = named.exclude(report_type__period_kind__in=NOT_PERIODIC)
    return list(periodic.order_by("-programme__starts_on", "report_type", "pk"))


def periods_of(obligation: ReportingObligation, today: date) -> list[Period]:
    """Of the last closed periods of its kind those that are owed or were asked for, the oldest first."""
    found = [calendar.last_closed(obligation.report_type.period_kind, obligation.calendar, today)]
    while len(found) < SHOWN:
        found.append(found[-1].previous())
    shown = {period.end for period in closed_periods(obligation, today)}
    shown |= set(_asked(obligation, found).order_by().values_list("period_end", flat=True).distinct())
    return [period for period in reversed(found) if period.end in shown]


def rows(board: Board, units: list[AdminUnit], obligation, periods: list[Period], today: date) -> list[Row]:
    """A row for each of these units of the board, in a number of queries that knows neither units nor log."""
    if not periods or not units:
        return []
    if board.by_communes:
        return _communes(board, units, obligation, periods, today)
    return _provinces(units, obligation, periods, today)


def _communes(board, units, obligation, periods, today) -> list[Row]:
    asked = _asked(obligation, periods)
    opened = set(asked.in_province(board.place).order_by().values_list("period_end", flat=True).distinct())
    nil = Func(F("snapshot__content"), template=SAYS_NIL, output_field=BooleanField(null=True))
    shown = asked.filter(unit__in=[unit.pk for unit in units]).annotate(nil=nil).that_count()
    found = {(report.unit_id, report.period_end): report for report in shown.defer("snapshot")}
    logged = _logged(units, periods)

    def cell(unit, place, period) -> Cell:
        if not unit.existed_on(period.end):
            return Cell(((NO_UNIT, ""),))
        note = f"{number(logged.get(unit.pk, {}).get(f'p{place}', 0))} hoạt động"
        if period.end not in opened:
            return Cell(((NOT_OPENED, ""),), note)
        return _cell(found.get((unit.pk, period.end)), note, today)

    return [
        Row(
            unit.full_name,
            tuple(cell(unit, place, period) for place, period in enumerate(periods)),
            last=day(logged.get(unit.pk, {}).get("last")),
        )
        for unit in units
    ]


def _cell(report: Report | None, note: str, today: date) -> Cell:
    status = status_of(report)
    if report is None:
        return Cell(((status.value, ""),), note)
    drafted = status is Status.MISSING
    words = f"{status.value} ({report.get_state_display().lower()})" if drafted else status.value
    tags = [(words, css_of(report, today))]
    tags += [EXTRA[LATE]] if report.first_sent_at and report.is_late(today) else []
    tags += [EXTRA[NIL]] if report.nil else []
    return Cell(tuple(tags), note, reverse("reports:detail", args=[report.pk]))


def _asked(obligation, periods: list[Period]):
    """The reports of the obligation for these periods, which are all of one kind."""
    return Report.objects.filter(
        programme=obligation.programme_id,
        report_type=obligation.report_type_id,
        calendar=obligation.calendar,
        period_kind=periods[0].kind,
        period_end__in=[period.end for period in periods],
    )


def _logged(units, periods) -> dict[int, dict]:
    """{commune id: {"p0": activities of the first period, …, "last": day}}, with what became it."""
    entries = ActivityEntry.objects.filter(live=True, awaits_front=False, day__gte=periods[0].start)
    entries = entries.filter(unit__in=recorded_units([unit.pk for unit in units]))
    counts = {
        f"p{place}": Count("pk", filter=Q(day__range=(period.start, period.end)))
        for place, period in enumerate(periods)
    }
    found = entries.order_by().values("unit__today_unit").annotate(last=Max("day"), **counts)
    return {row["unit__today_unit"]: row for row in found}


def _provinces(units, obligation, periods, today) -> list[Row]:
    counted = counts_by_province(_asked(obligation, periods), today)
    owed, active = _owed(periods), _active(periods)

    def cell(unit, place, period) -> Cell:
        row = counted.get((unit.pk, period.end))
        note = f"{number(active.get(unit.pk, {}).get(f'p{place}', 0))} xã có số liệu"
        if row is None:
            return Cell(((NOT_OPENED, ""),), note)
        owing = owed.get(unit.pk, {}).get(f"p{place}", 0) if _of_all(obligation) else row["asked"]
        sent = gone_out(row)
        tags = [(f"Đã gửi {number(sent)}/{number(owing)}", "done" if sent == owing else "wait")]
        tags += [(f"Quá hạn {number(row['overdue'])}", "late")] if row["overdue"] else []
        tags += [(f"Gửi chậm {number(row['late'])}", "late")] if row["late"] else []
        return Cell(tuple(tags), note)

    return [
        Row(unit.full_name, tuple(cell(unit, place, period) for place, period in enumerate(periods)))
        for unit in units
    ]


def _of_all(obligation) -> bool:
    return (obligation.source() or obligation).covers_all


def _owed(periods) -> dict[int, dict]:
    """{province id: {"p0": communes there were on the last day of the first period, …}}."""
    counts = {
        f"p{place}": Count("pk", filter=in_validity(period.end)) for place, period in enumerate(periods)
    }
    communes = AdminUnit.objects.communes().order_by()
    return {row["today_province"]: row for row in communes.values("today_province").annotate(**counts)}


def _active(periods) -> dict[int, dict]:
    """{province id: {"p0": communes of today in which anything was counted in the first period, …}}."""
    slots = [period.slots() for period in periods]
    counts = {
        f"p{place}": Count(
            "unit__today_unit", distinct=True, filter=Q(slot__range=(cut.first_slot, cut.last_slot))
        )
        for place, cut in enumerate(slots)
    }
    counted = Tally.objects.filter(slot__range=(slots[0].first_slot, slots[-1].last_slot))
    most = Func(*map(F, columns()), function="greatest", output_field=BigIntegerField())
    counted = counted.annotate(most=most).filter(most__gt=0)
    return {
        row["unit__today_province"]: row
        for row in counted.order_by().values("unit__today_province").annotate(**counts)
    }
