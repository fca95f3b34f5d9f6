"""Rows and differences ready to print."""

from dataclasses import dataclass

from models_registry.models import ModelReading, Status
from portal.ui.numbers import NOTHING, day, number

LABELS = dict(Status.choices)


@dataclass(frozen=True)
class Row:
    """One model in the list, as of a day."""

    model: object
    status: str
    label: str
    since: str
    points: str
    members: str


def latest_readings(models, on) -> dict[int, ModelReading]:
    """{id of a model: its latest reading as of the day}, in one query."""
    readings = ModelReading.objects.filter(model__in=[m.pk for m in models], as_of__lte=on)
    return {r.model_id: r for r in readings.order_by("model_id", "as_of")}


def rows_of(models, on) -> list[Row]:
    """Rows of models with status, one query for their readings as of the day."""
    models = list(models)
    latest = latest_readings(models, on)
    return [
        Row(
            model=model,
            status=model.status_then,
            label=LABELS.get(model.status_then, NOTHING),
            since=day(model.since),
            points=number(getattr(latest.get(model.pk), "points", None)),
            members=number(getattr(latest.get(model.pk), "members", None)),
        )
        for model in models
    ]
