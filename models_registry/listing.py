"""Which models the list and its file show: those of a day that the person reads, as filtered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils import timezone

from models_registry.forms import ModelFilterForm
from models_registry.models import ModelArea, ModelOwner, ModelReading, SelfManagedModel, Status
from models_registry.presentation import LABELS, latest_readings
from models_registry.reach import place_of
from models_registry.workbook import AT_ONCE, Sheet
from portal.access.permissions import Permission
from portal.ui.numbers import day as as_day
from portal.units.models import AdminUnit
from portal.units.validity import in_validity

READ = Permission.REGISTRY_VIEW
HEADS = (
    *(("Số", 9), ("Mô hình", 50), ("Loại", 40), ("Đếm vào loại", 40), ("Trạng thái", 20), ("Từ ngày", 12)),
    *(("Số điểm", 10), ("Số tổ, nhóm", 10), ("Số thành viên", 12), ("Số hộ tham gia", 12)),
    *(("Quy mô tính đến ngày", 14), ("Mức công nhận", 28), ("Mã đơn vị", 10), ("Đơn vị chủ trì", 26)),
    *(("Đơn vị cùng thực hiện", 36), ("Khu dân cư", 40), ("Nhân rộng từ mô hình", 40)),
)


@dataclass(frozen=True)
class Listing:
    """What was asked: the filters, the day, the place that counts are of, and the models in order."""

    filters: ModelFilterForm
    day: date
    place: AdminUnit
    models: object


def listed(request) -> Listing:
    """The models that the address asks for."""
    filters = ModelFilterForm(request.GET, user=request.user)
    asked = filters.asked()
    day = asked.get("day") or timezone.localdate()
    models = SelfManagedModel.objects.visible_to(request.user, READ).standing().with_names().with_status(day)
    models = models.filter(since__lte=day).search(asked.get("q") or "")
    status = asked.get("status")
    models = models.filter(status_then=status) if status else models.exclude(status_then=Status.ENDED)
    if asked.get("type"):
        models = models.filter(counted_type=asked["type"].pk)
    if asked.get("unit"):
        models = models.working_in(asked["unit"])
    place = asked.get("unit") or place_of(request.user)
    return Listing(filters, day, place, models.order_by("name", "pk"))


def sheet_of(listing: Listing) -> Sheet:
    """All of them, with the scale, the further owners and the areas of that day."""
    title = f"Mô hình tự quản về an ninh, trật tự, tính đến ngày {as_day(listing.day)}"
    return Sheet("Mô hình", title, HEADS, _rows(listing.models, listing.day))


def _rows(models, day: date) -> Iterator[list]:
    """Some queries a thousand models, however many there are."""
    stream = models.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(stream, AT_ONCE)):
        ids = [model.pk for model in chunk]
        scale, owners, areas = latest_readings(chunk, day), _owners(ids), _areas(ids, day)
        for model in chunk:
            yield _row(model, scale.get(model.pk), owners.get(model.pk, ""), areas.get(model.pk, ""))


def _row(model, reading, owners: str, areas: str) -> list:
    counted = model.type.merged_into or model.type
    counts = [getattr(reading, name, None) for name in (*ModelReading.COUNTS, "as_of")]
    return [
        *(model.pk, model.name, model.type.name, counted.name, LABELS.get(model.status_then), model.since),
        *(*counts, model.get_recognition_display(), model.unit.code, model.unit.full_name),
        *(owners, areas, model.copied_from.name if model.copied_from else None),
    ]


def _owners(ids) -> dict[int, str]:
    links = ModelOwner.objects.filter(model__in=ids).select_related("unit").order_by("unit__sort_key", "pk")
    return _joined((link.model_id, link.unit.full_name) for link in links)


def _areas(ids, day: date) -> dict[int, str]:
    links = ModelArea.objects.filter(in_validity(day), model__in=ids)
    links = links.select_related("area").order_by("area__sort_key", "pk")
    return _joined((link.model_id, link.area.full_name) for link in links)


def _joined(pairs) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for pk, name in pairs:
        names.setdefault(pk, []).append(name)
    return {pk: "; ".join(found) for pk, found in names.items()}
