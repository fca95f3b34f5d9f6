"""How many residential areas held a festival in a year, of those there were on its day, and which did not.

`place` is a commune or a province of today; communes of before count in what they have become. Only what a
festival names is covered by it: neither the commune's own event nor a school's covers an area.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from portal.units.models import AdminUnit, ResidentialArea
from programs.activities.models import EntryArea
from programs.festivals.models import Festival, FestivalEvent, Holder

# 19/8: ngày hội Toàn dân bảo vệ an ninh Tổ quốc (Quyết định 521/QĐ-TTg ngày 13/6/2005); 18/11: ngày truyền
# thống of the Front. Areas are counted as of that day.
FEAST_DAYS = {Festival.SECURITY: (8, 19), Festival.UNITY: (11, 18)}


@dataclass(frozen=True)
class Season:
    """A festival in a year; `day` says which areas there were."""

    festival: str
    year: int
    day: date

    @property
    def name(self) -> str:
        return Festival(self.festival).label

    def years_back(self, years: int) -> "Season":
        """The same festival earlier, as of its own day."""
        year = self.year - years
        return replace(self, year=year, day=date(year, *FEAST_DAYS[self.festival]))


@dataclass(frozen=True)
class Covered:
    """areas: residential areas of the day; held: of these, with a festival; adapted: of these, in the adapted
    form only. commune, agency, school: festivals that those held, which cover no area."""

    areas: int = 0
    held: int = 0
    adapted: int = 0
    commune: int = 0
    agency: int = 0
    school: int = 0

    @property
    def missing(self) -> int:
        return self.areas - self.held

    def plus(self, other: "Covered") -> "Covered":
        """A coverage of several is the sum of parts over the sum of wholes."""
        return Covered(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})


def season_of(festival: str, year: int, *, today: date) -> Season:
    """As of the festival's day, or as of today as long as that has not come."""
    return Season(festival, year, min(date(year, *FEAST_DAYS[festival]), today))


def events_of(place: AdminUnit, season: Season):
    """The festivals that count, whoever held them."""
    return _within(FestivalEvent.objects.counted().of_year(season.festival, season.year), place)


def areas_of(place: AdminUnit, season: Season):
    """The areas that existed on the day, with `is_held` and `is_gathered` (not in the adapted form only)."""
    return _held(_within(ResidentialArea.objects.on(season.day), place), season)


def areas_elsewhen(place: AdminUnit, season: Season):
    """Areas that held the festival but did not exist on the day: rearranged before it, or made after it."""
    others = _within(ResidentialArea.objects.all(), place).exclude(
        pk__in=ResidentialArea.objects.on(season.day).values("pk")
    )
    return _held(others, season).filter(is_held=True)


def by_commune(place: AdminUnit, season: Season) -> dict[int, Covered]:
    """{commune of today: what it has}; those with neither areas nor festivals are left out."""
    found = {
        unit: Covered(areas=areas, held=held, adapted=held - gathered)
        for unit, areas, held, gathered in _counts(areas_of(place, season), "unit__today_unit")
    }
    own = events_of(place, season).exclude(holder=Holder.AREAS).order_by()
    for unit, holder, events in own.values_list("unit__today_unit", "holder").annotate(Count("pk")):
        found[unit] = found.get(unit, Covered()).plus(Covered(**{holder: events}))
    return found


def areas_by_year(place: AdminUnit, season: Season, years: int) -> list[tuple[Season, Covered]]:
    """The same festival's areas in the year and those before it, latest first, each as of its own day."""
    seasons = [season, *(season.years_back(back) for back in range(1, years))]
    return [(each, _whole(areas_of(place, each))) for each in seasons]


def held_by(areas, season: Season) -> dict[int, list[FestivalEvent]]:
    """{area: the festivals that name it}, earliest first."""
    links = EntryArea.objects.filter(area__in=[area.pk for area in areas]).values_list("area", "entry")
    links = list(links.filter(entry__in=_of_areas(season).values("pk")))
    events = FestivalEvent.objects.in_bulk({entry for _area, entry in links})
    found: dict[int, list[FestivalEvent]] = {}
    for area, entry in sorted(links, key=lambda link: (events[link[1]].held_on, link[1])):
        found.setdefault(area, []).append(events[entry])
    return found


def _of_areas(season: Season):
    counted = FestivalEvent.objects.counted().of_year(season.festival, season.year)
    return counted.filter(holder=Holder.AREAS)


def _held(areas, season: Season):
    events = _of_areas(season)
    links = EntryArea.objects.filter(area=OuterRef("pk"))
    return areas.annotate(
        is_held=Exists(links.filter(entry__in=events.values("pk"))),
        is_gathered=Exists(links.filter(entry__in=events.gathered().values("pk"))),
    )


_AGGREGATES = {
    "areas": Count("pk"),
    "held": Count("pk", filter=Q(is_held=True)),
    "gathered": Count("pk", filter=Q(is_gathered=True)),
}


def _counts(areas, by: str):
    return areas.order_by().values(by).annotate(**_AGGREGATES).values_list(by, *_AGGREGATES)


def _whole(areas) -> Covered:
    counts = areas.aggregate(**_AGGREGATES)
    return Covered(counts["areas"], counts["held"], counts["held"] - counts["gathered"])


def _within(rows, place: AdminUnit):
    end = "unit__today_province" if place.level == "province" else "unit__today_unit"
    return rows.filter(**{end: place.pk})
