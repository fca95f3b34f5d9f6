"""What a target may be about: a figure of the log, a custom indicator, or a share of places."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models_registry.counts import coverage as model_coverage
from programs.activities.custom.models import CustomIndicator
from programs.activities.indicators import INDICATORS, Indicator, indicator
from programs.festivals.coverage import areas_by_year, season_of
from programs.festivals.models import Festival

COVERAGES = "Độ phủ (%)"
PART_OF = ("Trong đó", "Chia theo lĩnh vực")


@dataclass(frozen=True)
class Share:
    """A coverage: `measure(unit, day)` gives (how many have it, of how many)."""

    name: str
    of: str
    measure: Callable[[object, date], tuple[int, int]]


def _communes_with_a_model(unit, day: date) -> tuple[int, int]:
    found = model_coverage(unit, day)
    return found.communes_with, found.communes


def _areas_with_a_model(unit, day: date) -> tuple[int, int]:
    found = model_coverage(unit, day)
    return found.areas_with, found.areas


def _areas_with(festival: Festival):
    def measure(unit, day: date) -> tuple[int, int]:
        if unit is None:
            return 0, 0
        place = unit if unit.is_today else unit.today_unit or unit
        ((_, found),) = areas_by_year(place, season_of(festival, day.year, today=day), 1)
        return found.held, found.areas

    return measure


SHARES = {
    "coverage:festival_security": Share(
        "Khu dân cư tổ chức Ngày hội Toàn dân bảo vệ an ninh Tổ quốc",
        "khu dân cư",
        _areas_with(Festival.SECURITY),
    ),
    "coverage:festival_unity": Share(
        "Khu dân cư tổ chức Ngày hội Đại đoàn kết toàn dân tộc", "khu dân cư", _areas_with(Festival.UNITY)
    ),
    "coverage:model_communes": Share(
        "Xã, phường, đặc khu có mô hình đang hoạt động", "xã, phường, đặc khu", _communes_with_a_model
    ),
    "coverage:model_areas": Share("Khu dân cư có mô hình đang hoạt động", "khu dân cư", _areas_with_a_model),
}


@dataclass(frozen=True)
class Aim:
    """What a target's indicator is: `name`, `measure_unit`; a stock is as of a day, a share is of places."""

    name: str
    measure_unit: str
    is_stock: bool = False
    share: Share | None = None


def aims(slugs) -> dict[str, Aim]:
    """{slug: what it is}, custom ones in one query."""
    custom = {each.slug: each for each in CustomIndicator.objects.of_slugs(slugs)}
    return {slug: _aim(slug, custom) for slug in slugs}


def choices_for(plan) -> list:
    """Grouped choices: built-in indicators, the unit's custom ones in use during the plan, coverages."""
    builtin = [
        (group, [(each.slug, f"{full_name(each)} ({each.measure_unit})") for each in members])
        for group, members in groupby(INDICATORS, key=lambda each: each.group)
    ]
    custom = CustomIndicator.objects.active_between(plan.starts_on, plan.ends_on)
    custom = custom.of_unit(plan.unit) if plan.unit else custom.filter(province=None)
    own = [(each.slug, str(each)) for each in custom.in_order()]
    shares = [(slug, share.name) for slug, share in SHARES.items()]
    return [*builtin, *([("Chỉ tiêu tự đặt", own)] if own else []), (COVERAGES, shares)]


def _aim(slug: str, custom: dict) -> Aim:
    if slug in SHARES:
        return Aim(SHARES[slug].name, "%", share=SHARES[slug])
    if slug in custom:
        return Aim(custom[slug].name, custom[slug].measure_unit, is_stock=custom[slug].is_stock)
    known = indicator(slug)
    return Aim(full_name(known), known.measure_unit)


def full_name(known: Indicator) -> str:
    """A name that stands alone: "Trong đó: hòa giải thành" says nothing without the line above it."""
    head, colon, rest = known.name.partition(": ")
    return f"{known.group}: {rest}" if colon and head in PART_OF else known.name
