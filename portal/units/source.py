"""The files in data/ read into plain values: units of both maps, their names, successions, our corrections.

A unit's key is (level, code, last day): a code alone was given to several units over time. The old map is
known as of its last day, 30/6/2025; corrections.csv adds, each with its source, what was otherwise before.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from portal.units.text import nfc

DATA = Path(__file__).parent / "data"
OLD_MAP_ENDS = date(2025, 6, 30)
TODAY_MAP_STARTS = date(2025, 7, 1)

Key = tuple[str, str, date | None]


@dataclass(frozen=True)
class UnitRow:
    level: str
    code: str
    valid_to: date | None
    valid_from: date | None
    kind: str
    name: str
    parent: Key | None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    area_km2: Decimal | None = None

    @property
    def key(self) -> Key:
        return self.level, self.code, self.valid_to


@dataclass(frozen=True)
class NameRow:
    unit: Key
    kind: str
    name: str
    parent: Key | None
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class SuccessionRow:
    old: Key
    new: Key
    is_partial: bool
    is_default: bool
    effective_on: date


@dataclass
class Source:
    """Everything the files say. Raises ValueError where they contradict themselves."""

    units: dict[Key, UnitRow] = field(default_factory=dict)
    names: list[NameRow] = field(default_factory=list)
    successions: list[SuccessionRow] = field(default_factory=list)
    sources: dict[Key, str] = field(default_factory=dict)

    def __post_init__(self):
        for row in _rows("units.csv"):
            self._add_unit(row, code=row["code"])
        self._correct()
        for row in _rows("unit_successions.csv"):
            self._add_succession(row)
        self._default = {s.old: s.new for s in self.successions if s.is_default}
        self.divided = {s.old for s in self.successions if s.is_partial}
        self._province_by_district = self._majorities()

    def today_unit(self, key: Key) -> Key:
        """The default successor of today; a district without one follows its communes to their province."""
        if key[2] is None:
            return key
        if key in self._default:
            return self.today_unit(self._default[key])
        if key[0] == "district":
            return self._province_by_district[key]
        raise ValueError(f"Unit without a successor: {key}")

    def today_province(self, key: Key) -> Key:
        today = self.today_unit(key)
        return self.units[today].parent or today

    def _majorities(self) -> dict[Key, Key]:
        votes = defaultdict(Counter)
        for key, row in self.units.items():
            if key[0] == "commune" and key[2] is not None:
                votes[row.parent][self.today_province(key)] += 1
        return {district: count.most_common(1)[0][0] for district, count in votes.items()}

    def _add_unit(self, row: dict, *, code: str):
        level, valid_to = row["level"], _day(row["valid_to"])
        above = _level_above(level, valid_to)
        kind = nfc(row["kind"])
        unit = UnitRow(
            level=level,
            code=code,
            valid_to=valid_to,
            valid_from=_day(row["valid_from"]),
            kind=kind,
            # The source tells two districts of one name apart by their kind in brackets: no part of the name.
            name=nfc(row["name"]).removesuffix(f" ({kind})"),
            parent=(above, row["parent_code"], self._parent_end(above, row["parent_code"], valid_to))
            if above
            else None,
            latitude=_decimal(row.get("latitude")),
            longitude=_decimal(row.get("longitude")),
            area_km2=_decimal(row.get("area_km2")),
        )
        if unit.key in self.units:
            raise ValueError(f"Unit twice: {unit.key}")
        self.units[unit.key] = unit

    def _parent_end(self, level: str, code: str, day: date | None) -> date | None:
        """The last day of the parent that stood on `day`: of its own map, or one that ended earlier."""
        return day if (level, code, day) in self.units or day is None else OLD_MAP_ENDS

    def _add_succession(self, row: dict):
        self.successions.append(
            SuccessionRow(
                old=(row["level"], row["old_code"], OLD_MAP_ENDS),
                new=("province" if row["level"] == "province" else "commune", row["new_code"], None),
                is_partial=row["is_partial"] == "1",
                is_default=row["is_default"] == "1",
                effective_on=TODAY_MAP_STARTS,
            )
        )

    def _correct(self):
        """`since`: the unit began on a day. `unit`: one that ended before 30/6/2025. `name`: an earlier name,
        kind or parent. `succession`: between two units of the old map. `source`: what a unit's last name
        rests on. Districts come before their communes."""
        for row in _rows("corrections.csv"):
            getattr(self, f"_correct_{row['what']}")(row)

    def _correct_since(self, row: dict):
        key = row["level"], row["code"], _day(row["unit_to"])
        self.units[key] = replace(self.units[key], valid_from=_day(row["valid_from"]))

    def _correct_unit(self, row: dict):
        self._add_unit(row, code=row["code"])

    def _correct_name(self, row: dict):
        key = row["level"], row["code"], _day(row["unit_to"])
        above = _level_above(row["level"], OLD_MAP_ENDS)
        end = self._parent_end(above, row["parent_code"], _day(row["valid_to"])) if above else None
        self.names.append(
            NameRow(
                unit=self.units[key].key,
                kind=nfc(row["kind"]),
                name=nfc(row["name"]),
                parent=self.units[above, row["parent_code"], end].key if above else None,
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                source=nfc(row["source"]),
            )
        )

    def _correct_source(self, row: dict):
        key = row["level"], row["code"], _day(row["unit_to"])
        self.sources[self.units[key].key] = nfc(row["source"])

    def _correct_succession(self, row: dict):
        old = row["level"], row["code"], _day(row["unit_to"])
        new = row["level"], row["new_code"], OLD_MAP_ENDS
        self.successions.append(
            SuccessionRow(
                old=self.units[old].key,
                new=self.units[new].key,
                is_partial=row["is_partial"] == "1",
                is_default=row["is_default"] == "1",
                effective_on=_day(row["valid_from"]),
            )
        )


def _level_above(level: str, valid_to: date | None) -> str | None:
    if level == "commune":
        return "province" if valid_to is None else "district"
    return "province" if level == "district" else None


def _rows(name: str) -> list[dict]:
    with open(DATA / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
