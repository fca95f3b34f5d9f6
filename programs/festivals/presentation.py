"""What the page of coverage shows: rows and pictures, made once, so that the template only places them."""

from dataclasses import dataclass
from functools import reduce
from urllib.parse import urlencode

from django.urls import reverse

from portal.ui.charts import Bar, bars, share_bar
from portal.ui.numbers import percent_of
from portal.units.models import AdminUnit, in_sentence
from programs.festivals.coverage import (
    Covered,
    Season,
    areas_by_year,
    areas_elsewhen,
    areas_of,
    by_commune,
    events_of,
    held_by,
)
from programs.festivals.models import Festival

YEARS_SHOWN, ELSEWHEN_SHOWN = 5, 50


@dataclass(frozen=True)
class CommuneRow:
    unit: AdminUnit
    counts: Covered
    url: str
    log_url: str

    @property
    def share(self) -> str:
        return percent_of(self.counts.held, self.counts.areas)

    @property
    def bar(self):
        return share_bar(self.counts.held, self.counts.areas, title=f"{self.unit.full_name}: {self.share}")


@dataclass(frozen=True)
class AreaRow:
    """`state`: "held", "adapted" or "missing"; events: (address, day)."""

    name: str
    state: str
    events: list[tuple[str, object]]


def communes(place: AdminUnit, season: Season) -> list[CommuneRow]:
    """All communes of a province, those furthest from their whole first; without a list of areas last."""
    counts = by_commune(place, season)
    units = AdminUnit.objects.today().communes().under(place).order_by("sort_key", "pk")
    rows = [_commune(unit, counts.get(unit.pk, Covered()), season, place) for unit in units]
    return sorted(rows, key=lambda row: _share(row.counts))


def areas_in_order(place: AdminUnit, season: Season):
    """The areas of a commune, those missing first."""
    return areas_of(place, season).order_by("is_held", "sort_key", "pk")


def areas(page, season: Season) -> list[AreaRow]:
    """The areas of one page with the festivals that they held."""
    events = held_by(page.object_list, season)
    return [AreaRow(area.full_name, state_of(area), _links(events.get(area.pk, ()))) for area in page]


def state_of(area) -> str:
    """Of an area as `coverage.areas_of` gives it."""
    return "missing" if not area.is_held else "held" if area.is_gathered else "adapted"


def summary(place: AdminUnit, season: Season, rows: list[CommuneRow]) -> dict:
    """The sums, the same festival of earlier years, the other festival of the year."""
    whole = _sum(row.counts for row in rows) if rows else _sum(by_commune(place, season).values())
    years = areas_by_year(place, season, YEARS_SHOWN)
    other = Festival.UNITY if season.festival == Festival.SECURITY else Festival.SECURITY
    elsewhen = areas_elsewhen(place, season).select_related("unit").order_by("unit__sort_key", "sort_key")
    return {
        "whole": whole,
        "adapted_events": events_of(place, season).adapted().count(),
        "complete": sum(1 for row in rows if row.counts.areas and not row.counts.missing),
        "without_list": sum(1 for row in rows if not row.counts.areas),
        "years": [(str(s.year), s.day, c, percent_of(c.held, c.areas)) for s, c in years],
        "picture": _picture(season, years),
        "other": Festival(other),
        "other_url": "?" + urlencode({"festival": other, "year": season.year, **_unit(place)}),
        "elsewhen": [f"{area.full_name}, {area.unit.full_name}" for area in elsewhen[:ELSEWHEN_SHOWN]],
        "log_url": log_of(place, season),
    }


def log_of(place: AdminUnit, season: Season, province: AdminUnit | None = None) -> str:
    """The festivals of the year in the log."""
    query = {"since": f"01/01/{season.year}", "until": f"31/12/{season.year}"}
    if province:
        query |= {"unit": f"{place.full_name}, {in_sentence(province.full_name)}"}
    return f"{reverse('activities:list_kind', args=['ngay-hoi'])}?{urlencode(query)}"


def _commune(unit, counts: Covered, season: Season, province) -> CommuneRow:
    query = {"festival": season.festival, "year": season.year, **_unit(unit)}
    url = f"{reverse('festivals:coverage')}?{urlencode(query)}"
    return CommuneRow(unit, counts, url, log_of(unit, season, province))


def _share(counts: Covered) -> float:
    return counts.held / counts.areas if counts.areas else 2


def _sum(counts) -> Covered:
    return reduce(Covered.plus, counts, Covered())


def _unit(place: AdminUnit) -> dict:
    return {"unit": place.pk} if place.level == "commune" else {}


def _links(events) -> list[tuple[str, object]]:
    return [(reverse("activities:detail", args=[event.pk]), event.held_on) for event in events]


def _picture(season: Season, years):
    """The share of each year, in per cent; a gap where there was no list of areas."""
    found = [Bar(str(s.year), round(c.held * 100 / c.areas, 1) if c.areas else None) for s, c in years]
    return bars(found, title=f"Tỷ lệ khu dân cư tổ chức {season.name} theo năm", unit="%")
