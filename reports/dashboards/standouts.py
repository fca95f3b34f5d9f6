"""What stands out in a province: facts by plain rules, each with its number and a way on.

1. Communes where nothing was logged in the period.
2. Communes whose figure of a headline indicator is less than half of, or more than one and a half times, that
   of the same period last year, where that had at least 20: of less a half is chance.
3. Reports that were returned more than five working days ago and not sent again.
4. Reports that were closed and superseded by a correction within the last 30 days.

The first two are of the period, the others of today. Places are named in alphabetical order: nothing here
ranks them, and nothing is about a person. What does not occur is not said.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.http import urlencode

from portal.units.models import AdminUnit
from programs.activities.indicators import Indicator
from reports.dashboards.board import HEADLINES, Board
from reports.holidays import last_day_before
from reports.models import Report, ReportEvent, State

LEAST_BASE = 20
PATIENCE = 5  # working days
RECENT = timedelta(days=30)
NAMED = 5


@dataclass(frozen=True)
class Standout:
    """One fact: how many units or reports, what of them, what shows them; `places`: (name, address)."""

    number: int
    text: str
    url: str = ""
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def named(self) -> list[tuple[str, str]]:
        return self.places[:NAMED]

    @property
    def more(self) -> int:
        return max(len(self.places) - NAMED, 0)


def standouts(board: Board, today: date) -> list[Standout]:
    """All that stands out, in the order of the rules."""
    found = [_quiet(board), *_changed(board), _not_sent_again(board.place, today)]
    return [fact for fact in [*found, _corrected(board.place, today)] if fact.number]


def _quiet(board: Board) -> Standout:
    quiet = [(unit.full_name, "") for unit in board.quiet]
    url = _dashboard(board, "#chua-ghi")
    return Standout(len(quiet), "đơn vị chưa ghi hoạt động nào trong kỳ", url, quiet)


def _changed(board: Board) -> list[Standout]:
    """Of each headline first who fell, then who rose."""
    chosen = [each for each in board.indicators if each.slug in HEADLINES]
    return [_moved(board, each, falls=falls) for each in chosen for falls in (True, False)]


def _moved(board: Board, indicator: Indicator, *, falls: bool) -> Standout:
    slug, places = indicator.slug, []
    for unit in board.units:
        base, now = board.figure_before(unit, slug), board.figure_of(unit, slug)
        if base >= LEAST_BASE and (2 * now < base if falls else 2 * now > 3 * base):
            places.append((unit.full_name, ""))
    name = indicator.name.removeprefix("Trong đó: ")
    text = f"đơn vị {'giảm' if falls else 'tăng'} quá nửa so cùng kỳ: {name[:1].lower()}{name[1:]}"
    return Standout(len(places), text, _dashboard(board, "#don-vi", **{"chi-tieu": slug}), places)


def _not_sent_again(province: AdminUnit, today: date) -> Standout:
    returned = Report.objects.in_province(province).latest().filter(state=State.RETURNED)
    asked = Max("events__at", filter=Q(events__verb=ReportEvent.Verb.RETURNED))
    last = last_day_before(today, PATIENCE)
    late = returned.annotate(asked=asked).filter(asked__date__lte=last).select_related("unit")
    places = [_report(report) for report in late.order_by("unit__sort_key", "pk")]
    text = f"báo cáo bị yêu cầu bổ sung quá {PATIENCE} ngày làm việc, chưa gửi lại"
    url = f"{reverse('reports:list')}?{urlencode({'tinh_trang': State.RETURNED, 'cap': 'commune'})}"
    return Standout(len(places), text, url, places)


def _corrected(province: AdminUnit, today: date) -> Standout:
    newer = Report.objects.in_province(province).latest().filter(version__gt=1)
    events = ReportEvent.objects.filter(verb=ReportEvent.Verb.SUPERSEDED, at__date__gt=today - RECENT)
    newer = newer.filter(supersedes__in=events.values("report"))
    places = [_report(report) for report in newer.select_related("unit").order_by("unit__sort_key", "pk")]
    return Standout(len(places), "báo cáo đã chốt được điều chỉnh, bổ sung trong 30 ngày qua", "", places)


def _report(report: Report) -> tuple[str, str]:
    return report.unit.full_name, reverse("reports:detail", args=[report.pk])


def _dashboard(board: Board, anchor: str, **query) -> str:
    query |= {"ky": board.period.key, "tinh": board.code}
    return f"{reverse('reports:dashboard')}?{urlencode(query)}{anchor}"
