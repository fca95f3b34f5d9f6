"""Rates of certification: for a year, by kind of subject and by commune, with what they divide by.

A rate is the sum of the met over the sum of the eligible, of those communes alone whose number of subjects is
known; what was met elsewhere is said beside it and left out of the rate. `unit`: a commune or a province of
today, None the nation; an old commune's rows count for what has become of it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum

from models_registry.counts import within
from models_registry.models import (
    LEFT_OUT,
    CertificationBase,
    CertificationRule,
    GradeLevel,
    MovementGrading,
    Result,
    SafetyCertification,
    SubjectKind,
)
from portal.ui.numbers import number, share_of
from portal.units.models import AdminUnit


@dataclass(frozen=True)
class Rate:
    """One kind of subject in one place and year. `eligible` None: nobody knows how many there are."""

    kind: str
    registered: int = 0
    assessed: int = 0
    met: int = 0
    not_met: int = 0
    total: int | None = None
    left_out: int = 0
    met_of_known: int = 0
    communes_known: int = 0
    communes: int = 0

    @property
    def label(self) -> str:
        return SubjectKind(self.kind).label

    @property
    def pending(self) -> int:
        return self.registered - self.met - self.not_met

    @property
    def eligible(self) -> int | None:
        return None if self.total is None else self.total - self.left_out

    @property
    def share(self) -> float | None:
        """Per cent of the eligible that met; None without a denominator."""
        return round(self.met_of_known * 100 / self.eligible, 2) if self.eligible else None

    @property
    def is_over(self) -> bool:
        """More met than there are: one of the two numbers is wrong."""
        return self.eligible is not None and self.met_of_known > self.eligible

    @property
    def share_text(self) -> str:
        """ "50% (12/24)", an en dash without a denominator."""
        return share_of(self.met_of_known, self.eligible or 0)

    @property
    def left_out_text(self) -> str:
        """What the denominator leaves out, by the rule and by what is not known."""
        notes = [LEFT_OUT.get(self.kind, "")]
        if self.left_out:
            notes.append(f"Đã trừ {number(self.left_out)} đối tượng không thuộc diện xét.")
        unknown = self.communes - self.communes_known
        if unknown:
            notes.append(f"Chưa tính {number(unknown)} đơn vị chưa nhập số đối tượng.")
        if self.met != self.met_of_known:
            notes.append(f"Có {number(self.met - self.met_of_known)} đối tượng đạt ở các đơn vị đó.")
        return " ".join(filter(None, notes))


COUNTS = ("registered", "assessed", "met", "not_met")


@dataclass
class _Cell:
    """One kind in one commune of today."""

    counts: dict = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    total: int | None = None
    left_out: int = 0


class Table:
    """Everything about one place in one year, read once: four queries whatever the number of communes."""

    def __init__(self, unit, year: int):
        self.unit, self.year = unit, year
        self.communes = list(_communes(unit).order_by("sort_key", "pk"))
        self.cells: dict[tuple[int, str], _Cell] = defaultdict(_Cell)
        self._read_bases()
        self._read_counts()

    def by_kind(self) -> list[Rate]:
        """The place as a whole, a rate for each kind of subject."""
        ids = [commune.pk for commune in self.communes]
        return [self._rate(kind, ids) for kind in SubjectKind.values]

    def of(self, kind: str) -> Rate:
        return self._rate(kind, [commune.pk for commune in self.communes])

    def by_commune(self, kind: str) -> list[tuple[AdminUnit, Rate]]:
        return [(commune, self._rate(kind, [commune.pk])) for commune in self.communes]

    def _rate(self, kind: str, commune_ids) -> Rate:
        cells = [self.cells.get((pk, kind)) or _Cell() for pk in commune_ids]
        known = [cell for cell in cells if cell.total is not None]
        counts = {name: sum(cell.counts[name] for cell in cells) for name in COUNTS}
        return Rate(
            kind=kind,
            **counts,
            total=sum(cell.total for cell in known) if known else None,
            left_out=sum(cell.left_out for cell in known),
            met_of_known=sum(cell.counts["met"] for cell in known),
            communes_known=len(known),
            communes=len(commune_ids),
        )

    def _read_counts(self) -> None:
        rows = SafetyCertification.objects.of(self.unit).filter(year=self.year).order_by()
        counted = rows.values("unit__today_unit", "kind").annotate(
            registered=Count("pk"),
            assessed=Count("pk", filter=Q(assessed_on__isnull=False)),
            met=Count("pk", filter=Q(result=Result.MET)),
            not_met=Count("pk", filter=Q(result=Result.NOT_MET)),
        )
        for row in counted:
            cell = self.cells[row["unit__today_unit"], row["kind"]]
            cell.counts = {name: row[name] for name in COUNTS}

    def _read_bases(self) -> None:
        bases = CertificationBase.objects.of(self.unit).filter(year=self.year).order_by()
        for row in bases.values("unit__today_unit", "kind").annotate(
            all=Sum("total"), without=Sum("left_out")
        ):
            cell = self.cells[row["unit__today_unit"], row["kind"]]
            cell.total, cell.left_out = row["all"], row["without"]
        for today, how_many in _communes_then(self.unit, last_day(self.year)):
            self.cells[today, SubjectKind.COMMUNE.value].total = how_many


def last_day(year: int) -> date:
    """The day as of which communes are counted: the end of their window, 15/11 where no rule is known."""
    rule = CertificationRule.objects.for_year(year).filter(kind=SubjectKind.COMMUNE).first()
    return rule.window(year)[1] if rule else date(year, 11, 15)


@dataclass(frozen=True)
class Graded:
    """How many communes' movement got a grade in a year; `name` None: not graded."""

    name: str | None
    communes: int


def gradings(unit, year: int) -> list[Graded]:
    """The yearly grading of the movement, best first: a scheme of its own beside certification."""
    rows = MovementGrading.objects.of(unit).filter(year=year).order_by()
    counted = dict(rows.values_list("grade").annotate(n=Count("unit__today_unit", distinct=True)))
    levels = GradeLevel.objects.filter(scheme="movement").order_by("place", "pk")
    found = [Graded(level.name, counted[level.pk]) for level in levels if level.pk in counted]
    graded = rows.values("unit__today_unit").distinct().count()
    return [*found, Graded(None, _communes(unit).count() - graded)]


def _communes(unit):
    return within(AdminUnit.objects.today().communes(), unit)


def _communes_then(unit, day: date):
    """(today's commune, how many communes of that day it answers for)."""
    then = within(AdminUnit.objects.communes().on(day), unit).order_by()
    return then.values_list("today_unit").annotate(n=Count("pk")).values_list("today_unit", "n")
