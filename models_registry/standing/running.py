"""Models as of a day: types, models, points, whether the commune is covered, covered areas."""

from datetime import date

from django.db.models import OuterRef, Q, Subquery

from models_registry.models import (
    ACTIVE,
    ModelArea,
    ModelOwner,
    ModelReading,
    SelfManagedModel,
    Status,
    StatusStep,
)
from models_registry.standing.figure import Row, Standing
from portal.units.validity import in_validity

GROUP = "Mô hình"


def running(ids, day: date, since: date | None) -> list[Standing]:
    """The figures of models; none at all where the units have never had one."""
    led = _models(ids, day)
    alive = [model for model in led if model.status_then != Status.ENDED]
    working = [model for model in alive if model.status_then in ACTIVE]
    joined = _joined(ids, day)
    if not led and not joined:
        return []
    covering = sorted([*working, *joined], key=lambda model: (model.since, model.pk))[:1]
    points = _points(alive, day)
    return [
        _types(alive),
        Standing("models", GROUP, "Mô hình", "mô hình", _rows(alive), moved=_moved(led, since)),
        *([points] if points.rows else []),
        Standing(
            "model_communes",
            GROUP,
            "Xã, phường, đặc khu có mô hình đang hoạt động",
            "đơn vị",
            _rows(covering),
        ),
        _areas(ids, [*working, *joined], day),
    ]


def _models(ids, day: date) -> list[SelfManagedModel]:
    """All that have begun, ended or not, with `status_then`, `since` and `ended_on`."""
    models = SelfManagedModel.objects.filter(unit__in=ids).standing().with_status(day)
    ended = StatusStep.objects.filter(model=OuterRef("pk"), status=Status.ENDED, on__lte=day)
    begun = models.filter(since__lte=day).annotate(ended_on=Subquery(ended.values("on")[:1]))
    return list(begun.select_related("type__merged_into").order_by("pk"))


def _joined(ids, day: date) -> list[SelfManagedModel]:
    """Working models that these units run, led from elsewhere."""
    shared = ModelOwner.objects.filter(unit__in=ids).values("model")
    return list(SelfManagedModel.objects.active(day).filter(pk__in=shared).exclude(unit__in=ids))


def _types(alive) -> Standing:
    """One row a type: the first model of it. A sum over communes would count a type as often as they are."""
    first = {}
    for model in alive:
        first.setdefault(model.type.merged_into or model.type, model)
    rows = tuple(Row("ModelType", type_.pk, m.unit_id, m.since, 1) for type_, m in first.items())
    names = tuple(sorted({type_.name for type_ in first}))
    return Standing("model_types", GROUP, "Loại mô hình", "loại", rows, of=names)


def _moved(led, since: date | None):
    """(opening, new, replicated, retired) from `since` to the day that `led` was read for."""
    if since is None:
        return None
    opening = [one for one in led if one.since < since and (one.ended_on is None or one.ended_on >= since)]
    began = [model for model in led if model.since >= since]
    copies = sum(model.copied_from_id is not None for model in began)
    retired = sum(model.ended_on is not None and model.ended_on >= since for model in led)
    return len(opening), len(began) - copies, copies, retired


def _points(alive, day: date) -> Standing:
    known = ModelReading.objects.filter(model__in=[model.pk for model in alive], as_of__lte=day)
    known = known.filter(points__isnull=False).order_by("model_id", "-as_of").distinct("model_id")
    of_model = {model.pk: model for model in alive}
    rows = tuple(
        Row("ModelReading", one.pk, model.unit_id, one.as_of, one.points)
        for one in known
        for model in [of_model[one.model_id]]
    )
    remark = f"Biết của {len(rows)}/{len(alive)} mô hình" if len(rows) < len(alive) else ""
    return Standing("model_points", GROUP, "Điểm mô hình", "điểm", rows, remark=remark)


def _areas(ids, working, day: date) -> Standing:
    """One row an area, however many models work there."""
    tagged = ModelArea.objects.filter(in_validity(day), model__in=[model.pk for model in working])
    tagged = tagged.filter(in_validity(day, "area__"), Q(area__unit__in=ids)).select_related("area")
    first = {}
    for tag in tagged.order_by("area_id", "valid_from", "pk"):
        first.setdefault(tag.area_id, tag)
    rows = tuple(Row("ModelArea", tag.pk, tag.area.unit_id, tag.valid_from, 1) for tag in first.values())
    return Standing("model_areas", GROUP, "Khu dân cư có mô hình đang hoạt động", "khu dân cư", rows)


def _rows(models) -> tuple[Row, ...]:
    return tuple(Row("SelfManagedModel", one.pk, one.unit_id, one.since, 1) for one in models)
