"""One page of the log as rows ready to print, in a bounded number of queries."""

from dataclasses import dataclass, field
from itertools import groupby

from portal.ui.numbers import day
from portal.units.models import ResidentialArea
from programs.activities.measured import in_short
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.presentation import is_amount, label, shown
from programs.activities.registry import Kind, kind

AREAS_SHOWN = 4
WHOLE_UNIT = "Chung toàn đơn vị"


@dataclass(frozen=True)
class Column:
    """A column that one kind shows beside day, title and areas."""

    label: str
    is_amount: bool


@dataclass(frozen=True)
class Cell(Column):
    """The text of one column in one row."""

    text: str


@dataclass
class Row:
    """One activity in a list."""

    entry: ActivityEntry
    kind: Kind
    record: object
    day: str
    unit: str
    where: str
    amounts: str
    marks: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


def rows_of(entries, *, columns: Kind | None = None, marks: dict | None = None) -> list[Row]:
    """Rows of ``entries`` (a page of them) with records and areas; ``columns`` adds that kind's own columns,
    ``marks`` short texts by entry id.

    Two queries a kind and one for the areas.
    """
    entries = list(entries)
    records, amounts = _records(entries)
    areas = areas_of(entries)
    found = [(entry, records[entry.pk]) for entry in entries if entry.pk in records]
    return [
        Row(
            entry=entry,
            kind=kind(entry.kind),
            record=record,
            day=day(entry.day),
            unit=record.unit.full_name,
            where=in_words(areas.get(entry.pk, ()), at_most=AREAS_SHOWN),
            amounts=amounts[entry.pk],
            marks=(marks or {}).get(entry.pk, []),
            cells=_cells(record, columns) if columns else [],
        )
        for entry, record in found
    ]


def _records(entries) -> tuple[dict, dict]:
    """Records and their amounts in short, by id."""
    by_kind: dict[str, list[int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry.pk)
    records, amounts = {}, {}
    for slug, pks in by_kind.items():
        records |= kind(slug).model.objects.select_related("unit", "logged_by", "deleted_by").in_bulk(pks)
        amounts |= in_short(kind(slug), pks)
    return records, amounts


def areas_of(entries) -> dict[int, list[ResidentialArea]]:
    """The residential areas by entry id, in Vietnamese order."""
    links = EntryArea.objects.filter(entry__in=[e.pk for e in entries]).select_related("area")
    areas: dict[int, list[ResidentialArea]] = {}
    for link in links.order_by("area__sort_key"):
        areas.setdefault(link.entry_id, []).append(link.area)
    return areas


def in_words(areas, *, at_most: int | None = None) -> str:
    """ "Tổ dân phố 1, 2, 5; Thôn Liên Sơn và 4 nơi khác"; the whole unit where no area is named."""
    named = areas[:at_most] if at_most else areas
    groups = [f"{kind} {', '.join(a.name for a in same)}" for kind, same in groupby(named, lambda a: a.kind)]
    words = "; ".join(groups) or WHOLE_UNIT
    return f"{words} và {len(areas) - at_most} nơi khác" if at_most and len(areas) > at_most else words


def columns_of(of: Kind) -> list[Column]:
    """The columns that a kind adds to its list."""
    return [Column(label(f), is_amount(f)) for f in _fields(of)]


def _fields(of: Kind) -> list:
    return [of.model._meta.get_field(name) for name in of.list_columns]


def _cells(record, of: Kind) -> list[Cell]:
    return [Cell(label(f), is_amount(f), shown(f, getattr(record, f.attname))) for f in _fields(of)]
