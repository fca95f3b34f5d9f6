"""Reading the figures. `unit_ids`: units as recorded (a commune and those that it was made of)."""

from collections.abc import Iterable
from datetime import date

from models_registry.models import CoreForce, ForceKind, LoanStage, ReintegrationLoan, SubjectKind
from models_registry.standing.certified import certified
from models_registry.standing.figure import Row, Standing
from models_registry.standing.running import running

# The keys of all figures, in the order of a report's table.
ORDER = (
    *("model_types", "models", "model_points", "model_communes", "model_areas"),
    *(f"safety_{kind}_{what}" for kind in SubjectKind.values for what in ("eligible", "met")),
    *(f"force_{kind}{what}" for kind in ForceKind.values for what in ("", "_teams")),
    *(f"loan_{stage}{what}" for stage in LoanStage.values for what in ("", "_amount")),
)
FORCES, LOANS = "Lực lượng nòng cốt", "Vay vốn tái hòa nhập cộng đồng"


def standing(unit_ids: Iterable[int], day: date, since: date | None = None) -> list[Standing]:
    """All figures that are known at the end of `day`, in the order of a report's table.

    `since`: the first of the days whose coming and going the number of models tells.
    Of what nobody has entered there is no figure: unknown is not zero.
    """
    ids = frozenset(unit_ids)
    found = [*certified(ids, day), *_forces(ids, day), *_loans(ids, day)]
    return [*running(ids, day, since), *(figure for figure in found if figure.rows or figure.rate)]


def _forces(ids, day: date) -> list[Standing]:
    readings = list(CoreForce.objects.filter(unit__in=ids).counted_on(day, "kind").order_by("pk"))
    found = []
    for kind in ForceKind:
        of_kind = [reading for reading in readings if reading.kind == kind]
        name, key = kind.label, f"force_{kind.value}"
        found.append(Standing(key, FORCES, name, "người", _rows(of_kind, "people")))
        teams = [reading for reading in of_kind if reading.teams is not None]
        found.append(Standing(f"{key}_teams", FORCES, f"{name}: số tổ", "tổ", _rows(teams, "teams")))
    return found


def _loans(ids, day: date) -> list[Standing]:
    readings = list(ReintegrationLoan.objects.filter(unit__in=ids).counted_on(day, "stage").order_by("pk"))
    found = []
    for stage in LoanStage:
        of_stage = [reading for reading in readings if reading.stage == stage]
        name, key = stage.label, f"loan_{stage.value}"
        found.append(Standing(key, LOANS, f"{name}: số người", "người", _rows(of_stage, "people")))
        money = [reading for reading in of_stage if reading.amount is not None]
        rows = _rows(money, "amount")
        found.append(Standing(f"{key}_amount", LOANS, f"{name}: số tiền", "đồng", rows))
    return found


def _rows(readings, field: str) -> tuple[Row, ...]:
    return tuple(
        Row(type(one).__name__, one.pk, one.unit_id, one.as_of, getattr(one, field)) for one in readings
    )
