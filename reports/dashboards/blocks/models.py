"""Communes and residential areas with a working model, as of the period's end.

Types, models, points, communes and areas are five counts that stand side by side: none is a part of another.
"Working" (hoạt động, nhân rộng) is what covers; a pilot or an ineffective one is a model all the same.
"""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from models_registry.counts import Closing, areas_of, closing, communes_of
from models_registry.models import SelfManagedModel
from portal.ui.charts import share_bar
from portal.ui.numbers import number, share_of
from reports.dashboards.blocks.shape import Block, Fact, Row, Scene

COLUMNS = ("Đơn vị", "Có mô hình đang hoạt động", "Loại", "Mô hình", "Khu dân cư", "Khu dân cư có mô hình")
AREAS = 3
NONE = (0, 0)
SAYS = {True: "Có", False: "Chưa có"}


def block(scene: Scene) -> Block:
    """A province by its communes, a commune by its areas; those without come first."""
    day = scene.until
    counts, rows = closing(scene.place, day), _rows(scene, day)
    areas = len(rows) if scene.is_commune else sum(row.cells[AREAS] for row in rows)
    share = share_of(counts.areas, areas)
    return Block(
        slug="mo-hinh",
        title="Độ phủ mô hình tự quản",
        lead=f"Tính đến hết ngày {day:%d/%m/%Y}. Loại, mô hình, điểm, đơn vị là các số riêng, không cộng.",
        facts=[*_covered(scene, counts, len(rows), share), *_counted(scene, counts)],
        columns=("Khu dân cư", COLUMNS[1]) if scene.is_commune else COLUMNS,
        rows=rows,
        picture=share_bar(counts.areas, areas, title=f"Khu dân cư có mô hình: {share}"),
        links=[("Xem độ phủ mô hình", _coverage_url(scene)), ("Xem biến động mô hình", _figures_url(scene))],
    )


def _covered(scene: Scene, counts: Closing, places: int, share: str) -> list[Fact]:
    url = _coverage_url(scene)
    areas = Fact("Khu dân cư có mô hình đang hoạt động", share, url=url)
    if scene.is_commune:
        return [areas]
    return [Fact("Đơn vị có mô hình đang hoạt động", share_of(counts.communes, places), url=url), areas]


def _counted(scene: Scene, counts: Closing) -> list[Fact]:
    known = f"của {number(counts.points_known_for)} mô hình đã biết số điểm"
    return [
        Fact("Loại mô hình", number(counts.types)),
        Fact("Mô hình", number(counts.models), url=_list_url(scene)),
        Fact("Điểm", number(counts.points), known if counts.points is not None else ""),
    ]


def _rows(scene: Scene, day: date) -> list[Row]:
    return _areas(scene, day) if scene.is_commune else _communes(scene, day)


def _communes(scene: Scene, day: date) -> list[Row]:
    alive = SelfManagedModel.objects.of(scene.place).alive(day)
    models = _by_commune(alive, types=Count("counted_type", distinct=True), models=Count("pk"))
    covered = Count("pk", Q(is_covered=True))
    areas = _by_commune(areas_of(scene.place, day), areas=Count("pk"), covered=covered)
    communes = communes_of(scene.place, day).order_by("is_covered", "sort_key", "pk")
    return [
        Row(
            unit.full_name,
            (SAYS[unit.is_covered], *models.get(unit.pk, NONE), *areas.get(unit.pk, NONE)),
            _list_url(scene, unit),
        )
        for unit in communes
    ]


def _areas(scene: Scene, day: date) -> list[Row]:
    areas = areas_of(scene.place, day).order_by("is_covered", "sort_key", "pk")
    return [Row(area.full_name, (SAYS[area.is_covered],)) for area in areas]


def _by_commune(rows, **counts) -> dict[int, tuple[int, int]]:
    """{commune of today: its two counts}."""
    counted = rows.order_by().values("unit__today_unit").annotate(**counts)
    return {unit: tuple(found) for unit, *found in counted.values_list("unit__today_unit", *counts)}


def _coverage_url(scene: Scene) -> str:
    return _url("registry:coverage", scene, {"day": f"{scene.until:%d/%m/%Y}"})


def _figures_url(scene: Scene) -> str:
    days = {"since": f"{scene.period.start:%d/%m/%Y}", "until": f"{scene.until:%d/%m/%Y}"}
    return _url("registry:figures", scene, days)


def _list_url(scene: Scene, unit=None) -> str:
    return _url("registry:list", scene, {"day": f"{scene.until:%d/%m/%Y}"}, unit)


def _url(name: str, scene: Scene, query: dict, unit=None) -> str:
    unit = unit or (scene.place if scene.is_commune else None)
    return f"{reverse(name)}?{urlencode(query | ({'unit': unit.pk} if unit else {}))}"
