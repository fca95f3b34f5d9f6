"""One page of the log as rows ready to print, in a bounded number of queries."""

from dataclasses import dataclass, field

from portal.ui.numbers import day
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.presentation import is_amount, label, shown
from programs.activities.registry import Kind, kind

AREAS_SHOWN = 3


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
    areas: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    @property
    def where(self) -> str:
        """ "Tổ dân phố 1, Tổ dân phố 2 và 4 nơi khác"; the whole unit where no area is named."""
        rest = len(self.areas) - AREAS_SHOWN
        named = ", ".join(self.areas[:AREAS_SHOWN]) or "Chung toàn đơn vị"
        return f"{named} và {rest} nơi khác" if rest > 0 else named


def rows_of(entries, *, columns: Kind | None = None) -> list[Row]:
    """Rows of ``entries`` (a page of them) with records and areas; ``columns`` adds that kind's own columns.

    One query a kind and one for the areas.
    """
    entries = list(entries)
    records, areas = _records(entries), areas_of(entries)
    found = [(entry, records[entry.pk]) for entry in entries if entry.pk in records]
    return [
        Row(
            entry=entry,
            kind=kind(entry.kind),
            record=record,
            day=day(entry.day),
            unit=record.unit.full_name,
            areas=areas.get(entry.pk, []),
            cells=_cells(record, columns) if columns else [],
        )
        for entry, record in found
    ]


def _records(entries) -> dict:
    by_kind: dict[str, list[int]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry.pk)
    found = {}
    for slug, pks in by_kind.items():
        found |= kind(slug).model.objects.select_related("unit", "logged_by", "deleted_by").in_bulk(pks)
    return found


def areas_of(entries) -> dict[int, list[str]]:
    """Names of the residential areas by entry id, in Vietnamese order."""
    links = EntryArea.objects.filter(entry__in=[e.pk for e in entries]).select_related("area")
    areas: dict[int, list[str]] = {}
    for link in links.order_by("area__sort_key"):
        areas.setdefault(link.entry_id, []).append(link.area.full_name)
    return areas


def columns_of(of: Kind) -> list[Column]:
    """The columns that a kind adds to its list."""
    return [Column(label(f), is_amount(f)) for f in _fields(of)]


def _fields(of: Kind) -> list:
    return [of.model._meta.get_field(name) for name in of.list_columns]


def _cells(record, of: Kind) -> list[Cell]:
    return [Cell(label(f), is_amount(f), shown(f, getattr(record, f.attname))) for f in _fields(of)]
