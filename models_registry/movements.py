"""What came and went, commune by commune, and how the models of a year were judged."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from models_registry.counts import Movement, within
from models_registry.models import Effect, ModelAppraisal, SelfManagedModel, Status, StatusStep
from portal.units.models import AdminUnit


def movements(unit, start: date, end: date) -> list[tuple[AdminUnit, Movement]]:
    """Each of today's communes of a place with its models from `start` to `end`, six queries in all.

    A model counts at the commune that leads it, an old commune's at what has become of it.
    """
    models = SelfManagedModel.objects.of(unit).standing().with_status(end)
    began = models.filter(since__gte=start, since__lte=end)
    ended = StatusStep.objects.filter(
        status=Status.ENDED, on__gte=start, on__lte=end, model__in=models.order_by().values("pk")
    )
    columns = {
        "opening": _by_commune(SelfManagedModel.objects.of(unit).alive(start - timedelta(days=1))),
        "new": _by_commune(began.filter(copied_from=None)),
        "replicated": _by_commune(began.filter(copied_from__isnull=False)),
        "retired": _by_commune(ended, "model__unit__today_unit"),
        "closing": _by_commune(SelfManagedModel.objects.of(unit).alive(end)),
    }
    communes = within(AdminUnit.objects.today().communes(), unit)
    return [
        (commune, Movement(**{name: counts.get(commune.pk, 0) for name, counts in columns.items()}))
        for commune in communes.order_by("sort_key", "pk")
    ]


def _by_commune(rows, path: str = "unit__today_unit") -> dict[int, int]:
    return dict(rows.order_by().values_list(path).annotate(n=Count("pk")).values_list(path, "n"))


@dataclass(frozen=True)
class Appraised:
    """How the models of a place were judged in a year. `tips`, `cases`: None where none is known."""

    by_effect: list[tuple[str, int]]
    models: int
    not_judged: int
    tips: int | None
    cases: int | None


def appraised(unit, year: int) -> Appraised:
    """The appraisals of a year, of the models that were there at its end or are there today if it goes on."""
    last = date(year, 12, 31)
    alive = SelfManagedModel.objects.of(unit).alive(last).order_by().values("pk")
    rows = ModelAppraisal.objects.filter(year=year, model__in=SelfManagedModel.objects.of(unit).standing())
    counts = dict(rows.order_by().values_list("effect").annotate(n=Count("pk")).values_list("effect", "n"))
    credited = rows.aggregate(tips=Sum("tips"), cases=Sum("cases"))
    return Appraised(
        by_effect=[(effect.label, counts.get(effect.value, 0)) for effect in Effect],
        models=sum(counts.values()),
        not_judged=SelfManagedModel.objects.filter(pk__in=alive).exclude(appraisals__year=year).count(),
        **credited,
    )
