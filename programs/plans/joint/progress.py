"""How far the targets of a plan are, from the tallies, at the moment of asking. Nothing of it is stored.

A flow is summed from the plan's first day to the target's last, or to today; a stock is the latest reading as
of that day; a coverage is a share of places as of that day. Figures are those that a report of the plan's
programme would add up: of its lineage, for the unit and all below it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.safestring import SafeString

from portal.ui.charts import share_bar
from portal.ui.numbers import NOTHING, day, number
from portal.units.models import AdminUnit
from programs.activities.custom.figures import settled
from programs.activities.figures import totals, totals_by_unit
from programs.coordination.querysets import lineage_ids
from programs.plans.joint.indicators import Aim, aims
from programs.plans.joint.model import JointPlan, Reach, Target

MET, LATE, UNDER_WAY, NOT_BEGUN = "done", "late", "running", "queued"


@dataclass(frozen=True)
class Progress:
    """One target and where it stands. `reached`: None where nothing is known; `part` of `whole` is drawn."""

    target: Target
    aim: Aim
    reached: int | Decimal | None
    part: int | Decimal
    whole: int | Decimal
    state: str
    until: date
    today: date
    numerator: int = 0
    denominator: int = 0

    @property
    def is_met(self) -> bool:
        return self.state == MET

    @property
    def percent(self) -> int | None:
        """Whole per cent of the aim, rounded down, so that 100 means that it is reached."""
        return None if self.reached is None or not self.whole else int(self.part * 100 // self.whole)

    @property
    def label(self) -> str:
        if self.state == UNDER_WAY:
            return f"Đang thực hiện, còn {number((self.target.due_on - self.today).days)} ngày"
        return {MET: "Đạt", LATE: "Quá hạn, chưa đạt", NOT_BEGUN: "Chưa đến kỳ thực hiện"}[self.state]

    @property
    def goal(self) -> str:
        if self.target.reach == Reach.EACH:
            return f"{_amount(self.target.amount, self.aim)} ở từng xã, phường, đặc khu"
        return _amount(self.target.amount, self.aim)

    @property
    def figure(self) -> str:
        """What is reached, in words: "50/100 chiếc", "7/69 xã, phường, đặc khu đạt"."""
        if self.reached is None:
            return "Chưa có số liệu"
        if self.aim.share:
            share = f"{number(self.reached)}%" if self.whole else NOTHING
            return f"{share} ({number(self.numerator)}/{number(self.denominator)} {self.aim.share.of})"
        if self.target.reach == Reach.EACH:
            return f"{number(self.part)}/{number(self.whole)} xã, phường, đặc khu đạt"
        return f"{number(self.part)}/{_amount(self.whole, self.aim)}"

    @property
    def basis(self) -> str:
        if self.aim.is_stock or self.aim.share:
            return f"Tính đến hết ngày {day(self.until)}"
        return f"Cộng từ {day(self.target.plan.starts_on)} đến {day(self.until)}"

    @property
    def bar(self) -> SafeString:
        share = f"{self.percent}%" if self.percent is not None else "chưa có số liệu"
        return share_bar(
            float(self.part), float(self.whole), title=f"{self.aim.name}: {share} so với số phấn đấu"
        )


@dataclass(frozen=True)
class PlaceProgress:
    """One commune's part in a target."""

    unit: AdminUnit
    amount: int | Decimal | None
    is_met: bool | None


def progress_of(plan: JointPlan, targets: Iterable[Target], today: date) -> list[Progress]:
    """Where each target stands; one pass over the tallies for each last day that the targets name."""
    targets = list(targets)
    known = aims([target.indicator for target in targets])
    board = _Board(plan, today)
    return [board.progress(target, known[target.indicator]) for target in targets]


def by_place(plan: JointPlan, target: Target, today: date) -> list[PlaceProgress]:
    """Each commune under the plan with what it adds, in alphabetical order; empty for a coverage."""
    aim = aims([target.indicator])[target.indicator]
    if aim.share:
        return []
    board = _Board(plan, today)
    found = board.by_unit(min(target.due_on, today))
    rows = []
    for unit in board.communes():
        amount = found.get(unit.pk, {}).get(target.indicator, None if aim.is_stock else 0)
        met = (amount or 0) >= target.amount if target.reach == Reach.EACH else None
        rows.append(PlaceProgress(unit, amount, met))
    return rows


def units_of(unit: AdminUnit | None) -> list[int] | None:
    """Ids, as recorded, of the unit and all below it; None: the nation. One of before, on its own map."""
    if unit is None:
        return None
    if not unit.is_today:
        under = Q(pk=unit.pk) | Q(parent=unit.pk) | Q(parent__parent=unit.pk)
    else:
        under = Q(today_province=unit.pk) if unit.level == "province" else Q(today_unit=unit.pk)
    return list(AdminUnit.objects.filter(under).order_by().values_list("pk", flat=True))


class _Board:
    """The figures of one plan, each range of days read once."""

    def __init__(self, plan: JointPlan, today: date):
        self.plan, self.today = plan, today
        self.units, self.programmes = units_of(plan.unit), lineage_ids(plan.programme)
        self._totals: dict[date, dict] = {}
        self._by_unit: dict[date, dict] = {}

    def progress(self, target: Target, aim: Aim) -> Progress:
        until = min(target.due_on, self.today)
        if self.today < self.plan.starts_on:
            return Progress(target, aim, None, 0, 0, NOT_BEGUN, until, self.today)
        if aim.share:
            return self._share(target, aim, until)
        if target.reach == Reach.EACH:
            return self._each(target, aim, until)
        reached = self.totals(until).get(target.indicator, None if aim.is_stock else 0)
        return self._judged(target, aim, until, reached, reached or 0, settled(target.amount))

    def _share(self, target, aim, until) -> Progress:
        having, all_of = aim.share.measure(self.plan.unit, until)
        reached = settled(round(Decimal(having * 100) / all_of, 1)) if all_of else None
        counts = {"numerator": having, "denominator": all_of}
        # Compared without rounding: 99,96% is not 100%.
        part, whole = Decimal(having * 100), settled(target.amount) * all_of
        return self._judged(target, aim, until, reached, part, whole, **counts)

    def _each(self, target, aim, until) -> Progress:
        found, communes = self.by_unit(until), self.communes()
        done = sum(found.get(unit.pk, {}).get(target.indicator, 0) >= target.amount for unit in communes)
        return self._judged(target, aim, until, done, done, len(communes))

    def _judged(self, target, aim, until, reached, part, whole, **counts) -> Progress:
        met = reached is not None and bool(whole) and part >= whole
        state = MET if met else LATE if self.today > target.due_on else UNDER_WAY
        return Progress(target, aim, reached, part, whole, state, until, self.today, **counts)

    def totals(self, until: date) -> dict:
        if until not in self._totals:
            self._totals[until] = totals(**self._range(until))
        return self._totals[until]

    def by_unit(self, until: date) -> dict:
        if until not in self._by_unit:
            self._by_unit[until] = totals_by_unit(by=self._group, **self._range(until))
        return self._by_unit[until]

    def communes(self) -> list[AdminUnit]:
        """The communes of the plan: today's, or those that its old unit had at its end."""
        unit = self.plan.unit
        if unit is not None and not unit.is_today:
            found = AdminUnit.objects.communes().filter(pk__in=self.units)
        else:
            found = AdminUnit.objects.today().communes()
            found = found if unit is None else found.filter(pk__in=self.units)
        return list(found.order_by("sort_key", "pk"))

    @property
    def _group(self) -> str:
        unit = self.plan.unit
        return "today_unit" if unit is None or unit.is_today else "unit"

    def _range(self, until: date) -> dict:
        window = {"units": self.units, "start": self.plan.starts_on, "end": until}
        return window | {"programmes": self.programmes}


def _amount(amount, aim: Aim) -> str:
    return f"{number(settled(amount))}{'' if aim.measure_unit == '%' else ' '}{aim.measure_unit}"
