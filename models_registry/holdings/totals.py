"""Forces and loans of a place as of a day. `unit`: a commune or a province of today, None the nation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from models_registry.models import CoreForce, ForceKind, LoanStage, ReintegrationLoan


@dataclass(frozen=True)
class Total:
    """One kind of force (`teams`, people), or one stage of loans (people, `amount` in đồng).

    `teams` and `amount` are None where no reading gives one; `units`: how many communes (or districts of
    the time before 1/7/2025) the total is of.
    """

    key: str
    label: str
    people: int | None
    units: int
    teams: int | None = None
    amount: int | None = None


def forces_on(unit, day: date) -> list[Total]:
    """Each kind of force, in the catalogue's order; people None where nobody has entered any."""
    rows = force_rows(unit, day).order_by().values("kind")
    found = {
        row["kind"]: row
        for row in rows.annotate(n=Count("unit", distinct=True), all=Sum("people"), groups=Sum("teams"))
    }
    return [
        Total(kind.value, kind.label, row.get("all"), row.get("n", 0), teams=row.get("groups"))
        for kind in ForceKind
        for row in [found.get(kind, {})]
    ]


def loans_on(unit, day: date) -> list[Total]:
    """Each stage: eligible, proposed, disbursed."""
    rows = loan_rows(unit, day).order_by().values("stage")
    found = {
        row["stage"]: row
        for row in rows.annotate(n=Count("unit", distinct=True), all=Sum("people"), money=Sum("amount"))
    }
    return [
        Total(stage.value, stage.label, row.get("all"), row.get("n", 0), amount=row.get("money"))
        for stage in LoanStage
        for row in [found.get(stage, {})]
    ]


def force_rows(unit, day: date):
    """The readings that `forces_on` adds up."""
    return CoreForce.objects.of(unit).counted_on(day, "kind")


def loan_rows(unit, day: date):
    """The readings that `loans_on` adds up."""
    return ReintegrationLoan.objects.of(unit).counted_on(day, "stage")
