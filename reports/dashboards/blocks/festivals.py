"""Residential areas that held the Ngày hội, of those there were on its day; the communes without come first.

A year's matter, not a month's: the block shows the festival of 19/8 of the period's year, once its season has
begun, else the one before. A share is the sum of the parts over the sum of the wholes.
"""

from urllib.parse import urlencode

from django.urls import reverse

from portal.ui.charts import share_bar
from portal.ui.numbers import number, share_of
from programs.festivals import presentation
from programs.festivals.coverage import Covered, Season, areas_by_year, season_of
from programs.festivals.models import Festival
from reports.dashboards.blocks.shape import Block, Fact, Row, Scene

# The season is set by each province, mostly 1/7 to 19/8; the Front's runs from 1/11.
BEGINS = {Festival.SECURITY: 7, Festival.UNITY: 11}
COLUMNS = ("Khu dân cư", "Đã tổ chức", "Hình thức thay thế", "Chưa tổ chức", "Tỷ lệ")
STATES = {"held": "Đã tổ chức", "adapted": "Đã tổ chức theo hình thức thay thế", "missing": "Chưa tổ chức"}


def block(scene: Scene) -> Block:
    """A province by its communes, a commune by its areas; those missing first."""
    season = _season(scene, Festival.SECURITY)
    rows = _areas(scene, season) if scene.is_commune else _communes(scene, season)
    whole = _whole(scene, season)
    return Block(
        slug="ngay-hoi",
        title=f"{season.name}, năm {season.year}",
        lead=f"Khu dân cư có đến ngày {season.day:%d/%m/%Y}; chỉ tính khu dân cư được ghi tên tổ chức.",
        facts=[_share(scene, season, whole), *_missing(scene, season, whole, rows), *_other(scene)],
        columns=("Khu dân cư", "Tình hình") if scene.is_commune else ("Đơn vị", *COLUMNS),
        rows=rows,
        picture=share_bar(whole.held, whole.areas, title=f"Khu dân cư đã tổ chức {season.name}"),
        links=[("Xem độ phủ ngày hội", _url(scene, season))],
    )


def _season(scene: Scene, festival: Festival) -> Season:
    end = scene.period.end
    year = end.year if end.month >= BEGINS[festival] else end.year - 1
    return season_of(festival.value, year, today=scene.today)


def _communes(scene: Scene, season: Season) -> list[Row]:
    found = [(row, row.counts) for row in presentation.communes(scene.place, season)]
    return [
        Row(row.unit.full_name, (c.areas, c.held, c.adapted, c.missing, share_of(c.held, c.areas)), row.url)
        for row, c in found
    ]


def _areas(scene: Scene, season: Season) -> list[Row]:
    areas = presentation.areas_in_order(scene.place, season)
    return [Row(area.full_name, (STATES[presentation.state_of(area)],)) for area in areas]


def _whole(scene: Scene, season: Season) -> Covered:
    return areas_by_year(scene.place, season, 1)[0][1]


def _share(scene: Scene, season: Season, whole: Covered) -> Fact:
    note = f"{number(whole.adapted)} theo hình thức thay thế" if whole.adapted else ""
    return Fact("Khu dân cư đã tổ chức", share_of(whole.held, whole.areas), note, _url(scene, season))


def _missing(scene: Scene, season: Season, whole: Covered, rows: list[Row]) -> list[Fact]:
    if scene.is_commune:
        return [Fact("Khu dân cư chưa tổ chức", number(whole.missing))]
    unlisted = sum(1 for row in rows if not row.cells[0])
    note = f"{number(unlisted)} đơn vị chưa có danh sách khu dân cư" if unlisted else ""
    return [Fact("Đơn vị còn khu dân cư chưa tổ chức", number(sum(1 for r in rows if r.cells[3])), note)]


def _other(scene: Scene) -> list[Fact]:
    """The Front's festival, from its season until the next year's."""
    season = _season(scene, Festival.UNITY)
    whole = _whole(scene, season)
    name = f"{season.name}, năm {season.year}"
    return [Fact(name, share_of(whole.held, whole.areas), "khu dân cư", _url(scene, season))]


def _url(scene: Scene, season: Season) -> str:
    query = {"festival": season.festival, "year": season.year}
    query |= {"unit": scene.place.pk} if scene.is_commune else {}
    return f"{reverse('festivals:coverage')}?{urlencode(query)}"
