"""Areas that held a festival over areas that there are, against what plain Python adds up."""

import random
from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from portal.units.models import ResidentialArea
from programs.activities.models import EntryArea
from programs.festivals.coverage import (
    Covered,
    areas_by_year,
    areas_elsewhen,
    by_commune,
    held_by,
    season_of,
)
from programs.festivals.models import FestivalEvent
from tests.factories.activities import commune, former_commune
from tests.factories.festivals import area, festival
from tests.factories.user import NGHE_AN, province

TODAY = date(2026, 11, 24)
SEASON = season_of("security", 2026, today=TODAY)


def covered(place=None, season=SEASON):
    found = by_commune(place or commune(), season)
    return found.get((place or commune()).pk, Covered())


def test_the_day_is_the_festivals_or_today(cast):
    assert SEASON.day == date(2026, 8, 19) and SEASON.years_back(2).day == date(2024, 8, 19)
    assert season_of("unity", 2026, today=date(2026, 11, 3)).day == date(2026, 11, 3)


def test_only_what_names_an_area_covers_it(cast):
    one, two, _three = area("1"), area("2"), area("3")
    festival(cast.officer, one, two)
    festival(cast.officer, two, on=date(2026, 7, 2), parts=["gifts"])
    for holder, name in (("commune", ""), ("agency", "Công ty May"), ("school", "Trường THCS Đại Nài")):
        festival(cast.officer, holder=holder, holder_name=name)
    festival(cast.officer, holder="school", holder_name="Trường TH Bắc Hà", parts=["online"])
    assert covered() == Covered(areas=3, held=2, adapted=0, commune=1, agency=1, school=2)
    assert [event.held_on.month for event in held_by([two], SEASON)[two.pk]] == [7, 8]


def test_what_does_not_count_covers_nothing(cast):
    one = area("1")
    festival(cast.officer, one, festival="unity")
    festival(cast.officer, one, on=date(2025, 8, 19))
    festival(cast.officer, one, side="member")
    gone = festival(cast.officer, one)
    deletion = {"deleted_at": timezone.now(), "deleted_by": cast.officer, "deletion_reason": "Nhập nhầm"}
    FestivalEvent.objects.filter(pk=gone.pk).update(**deletion)
    assert covered() == Covered(areas=1)
    assert covered(season=season_of("unity", 2026, today=TODAY)).held == 1
    assert [found.held for _, found in areas_by_year(commune(), SEASON, 3)] == [0, 1, 0]


def test_in_the_adapted_form_alone(cast):
    one, two = area("1"), area("2")
    festival(cast.officer, one, two, parts=["loudspeaker", "panels"])
    festival(cast.officer, two, on=date(2026, 8, 20), parts=["festivities", "gifts"])
    assert covered() == Covered(areas=2, held=2, adapted=1)


def test_areas_of_another_day_are_said_apart(cast):
    merged = area("1", valid_to=date(2026, 8, 10))
    split = area("2", valid_from=date(2026, 9, 1))
    festival(cast.officer, merged, on=date(2026, 8, 1))
    festival(cast.officer, split, on=date(2026, 9, 5))
    area("3")
    assert covered() == Covered(areas=1)
    assert {found.name for found in areas_elsewhen(commune(), SEASON)} == {"1", "2"}


def test_a_former_commune_counts_in_what_it_has_become(cast):
    old = former_commune()
    one = area("1", old, valid_to=date(2025, 6, 30))
    area("2", old, valid_to=date(2025, 6, 30))
    festival(cast.officer, one, unit=old, on=date(2021, 8, 19), parts=["loudspeaker"])
    season = season_of("security", 2021, today=TODAY)
    assert covered(season=season) == Covered(areas=2, held=1, adapted=1)
    assert by_commune(province(), season) == {commune().pk: Covered(areas=2, held=1, adapted=1)}
    assert by_commune(province(NGHE_AN), season) == {}


def test_against_plain_counting(cast):
    chance = random.Random(19_8)
    units = [commune(), commune("18100")]
    areas = {unit.pk: [area(str(n), unit) for n in range(6)] for unit in units}
    for _ in range(40):
        unit = chance.choice(units)
        on = date(2026, 6, 1) + timedelta(days=chance.randrange(150))
        parts = chance.choice((["ceremony"], ["gifts"], ["festivities", "gifts"]))
        of = chance.sample(areas[unit.pk], chance.randrange(3))
        festival(
            cast.officer, *of, unit=unit, on=on, parts=parts, festival=chance.choice(("security", "unity"))
        )
    for name in ("security", "unity"):
        season = season_of(name, 2026, today=TODAY)
        assert by_commune(province(), season) == _plain(units, name)


def _plain(units, name) -> dict:
    events = {event.pk: event for event in FestivalEvent.objects.all() if event.festival == name}
    links = [(link.area, events.get(link.entry_id)) for link in EntryArea.objects.select_related("area")]
    found = {}
    for unit in units:
        held, gathered = set(), set()
        for place, event in links:
            if event and place.unit_id == unit.pk:
                held.add(place.pk)
                gathered |= {place.pk} if {"ceremony", "festivities"} & set(event.parts) else set()
        holders = Counter(event.holder for event in events.values() if event.unit_id == unit.pk)
        everywhere = ResidentialArea.objects.filter(unit=unit).count()
        found[unit.pk] = Covered(everywhere, len(held), len(held - gathered), holders["commune"])
    return found
