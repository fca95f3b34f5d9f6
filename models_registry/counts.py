"""How many there are: types, models, points, communes and areas side by side, as of any day, from the steps.

`unit` is a commune or a province of today (an old commune is asked as what it has become), None the nation.
All functions read; nothing is stored, so a count of last year is the same whoever asks later.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum

from models_registry.models import (
    ModelArea,
    ModelOwner,
    ModelReading,
    SelfManagedModel,
    Status,
    StatusStep,
)
from portal.units.models import AdminUnit, ResidentialArea
from portal.units.validity import in_validity


@dataclass(frozen=True)
class Closing:
    """What stands at the end of a day. Five different counts: none of them is a part of another.

    `points` is None where no model has a known number of points; `points_known_for` says for how many it is.
    """

    types: int
    models: int
    points: int | None
    points_known_for: int
    communes: int
    areas: int
    by_status: dict[str, int]


@dataclass(frozen=True)
class Movement:
    """Models over a range of days, both ends included: opening + new + replicated − retired = closing."""

    opening: int
    new: int
    replicated: int
    retired: int
    closing: int


@dataclass(frozen=True)
class Coverage:
    """Communes and residential areas of a day with at least one working model, and those without."""

    communes: int
    communes_with: int
    areas: int
    areas_with: int


def closing(unit, day: date) -> Closing:
    """What stands at the end of `day`. Communes and areas: with at least one working model."""
    alive = SelfManagedModel.objects.of(unit).alive(day)
    per_status = dict(
        alive.order_by()
        .values_list("status_then")
        .annotate(how_many=Count("pk"))
        .values_list("status_then", "how_many")
    )
    readings = ModelReading.objects.filter(
        pk__in=_latest_points(day), model__in=alive.order_by().values("pk")
    ).aggregate(points=Sum("points"), models=Count("pk"))
    covered = coverage(unit, day)
    return Closing(
        types=alive.order_by().values("counted_type").distinct().count(),
        models=sum(per_status.values()),
        points=readings["points"],
        points_known_for=readings["models"],
        communes=covered.communes_with,
        areas=covered.areas_with,
        by_status={status: per_status.get(status, 0) for status in Status.values if status != Status.ENDED},
    )


def movement(unit, start: date, end: date) -> Movement:
    """Models that came and went from `start` to `end`. Each of the five is counted by itself."""
    models = SelfManagedModel.objects.of(unit).standing().with_status(end)
    began = models.filter(since__gte=start, since__lte=end).aggregate(
        new=Count("pk", filter=Q(copied_from=None)),
        replicated=Count("pk", filter=Q(copied_from__isnull=False)),
    )
    ended = StatusStep.objects.filter(
        status=Status.ENDED, on__gte=start, on__lte=end, model__in=models.order_by().values("pk")
    )
    return Movement(
        opening=SelfManagedModel.objects.of(unit).alive(start - timedelta(days=1)).count(),
        new=began["new"],
        replicated=began["replicated"],
        retired=ended.count(),
        closing=SelfManagedModel.objects.of(unit).alive(end).count(),
    )


def coverage(unit, day: date) -> Coverage:
    """By today's map of communes; areas are those that existed on the day, by what was entered of them."""
    communes = communes_of(unit, day).aggregate(
        all=Count("pk"), covered=Count("pk", filter=Q(is_covered=True))
    )
    areas = areas_of(unit, day).aggregate(all=Count("pk"), covered=Count("pk", filter=Q(is_covered=True)))
    return Coverage(communes["all"], communes["covered"], areas["all"], areas["covered"])


def communes_of(unit, day: date):
    """Today's communes with `is_covered`: a working model that they lead or run with another."""
    active = SelfManagedModel.objects.active(day).order_by().values("pk")
    led = SelfManagedModel.objects.filter(pk__in=active, unit__today_unit=OuterRef("pk"))
    joined = ModelOwner.objects.filter(model__in=active, unit__today_unit=OuterRef("pk"))
    communes = within(AdminUnit.objects.today().communes(), unit)
    return communes.annotate(is_covered=Q(Exists(led)) | Q(Exists(joined)))


def areas_of(unit, day: date):
    """The residential areas that existed on the day with `is_covered`."""
    active = SelfManagedModel.objects.active(day).order_by().values("pk")
    tagged = ModelArea.objects.filter(in_validity(day), area=OuterRef("pk"), model__in=active)
    areas = within(ResidentialArea.objects.on(day), unit, "unit__")
    return areas.annotate(is_covered=Exists(tagged))


def within(rows, unit, path: str = ""):
    """The rows of a place: a commune or a province of today, or what one of before has become."""
    if unit is None:
        return rows
    end = "today_province" if unit.level == "province" else "today_unit"
    return rows.filter(**{f"{path}{end}": unit.today_unit_id or unit.pk})


def _latest_points(day: date):
    """The latest reading with points, of each model, as of the day."""
    known = ModelReading.objects.filter(as_of__lte=day, points__isnull=False)
    return known.order_by("model_id", "-as_of").distinct("model_id").values("pk")
