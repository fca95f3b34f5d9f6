"""One figure as of a day, and the rows behind it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Max


@dataclass(frozen=True)
class Row:
    """One row behind a figure: `amount` is what it adds; `day` since when, or of which day, it says so."""

    table: str
    pk: int
    unit_id: int
    day: date
    amount: int


@dataclass(frozen=True)
class Standing:
    """A figure as of a day: the sum of its rows, and nothing else.

    rate: (met, eligible) where it is a share of something; of: names of the different things counted, where
    sums over communes would count one twice; moved: (opening, new, replicated, retired) of the days before.
    """

    key: str
    group: str
    name: str
    measure_unit: str
    rows: tuple[Row, ...]
    rate: tuple[int, int] | None = None
    of: tuple[str, ...] | None = None
    moved: tuple[int, int, int, int] | None = None
    remark: str = ""

    @property
    def value(self) -> int:
        return sum(row.amount for row in self.rows)


def event_ids(rows: Iterable[Row]) -> dict[tuple[str, int], int]:
    """{(table, pk): id of the latest event of its history}: the state in which a row is counted now."""
    found = {}
    for table, ids in _by_table(rows).items():
        events = apps.get_model("models_registry", table).pgh_event_model.objects
        latest = (
            events.filter(pgh_obj_id__in=ids).order_by().values_list("pgh_obj_id").annotate(Max("pgh_id"))
        )
        found |= {(table, pk): event for pk, event in latest}
    return found


def _by_table(rows: Iterable[Row]) -> dict[str, set[int]]:
    found = defaultdict(set)
    for row in rows:
        found[row.table].add(row.pk)
    return found


# How a row of each table is called, and what reading that takes.
TITLES = {
    "SelfManagedModel": ("", lambda row: row.name),
    "ModelType": ("", lambda row: row.name),
    "ModelReading": ("model", lambda row: row.model.name),
    "ModelArea": ("area", lambda row: row.area.full_name),
    "SafetyCertification": ("area unit", lambda row: row.subject),
    "CertificationBase": ("", lambda row: row.words),
    "CoreForce": ("", lambda row: row.get_kind_display()),
    "ReintegrationLoan": ("", lambda row: row.get_stage_display()),
}


def titles(rows: Iterable[Row]) -> dict[tuple[str, int], str]:
    """{(table, pk): what the row is called today}; of a row that is gone there is none. A query a table."""
    found = {}
    for table, ids in _by_table(rows).items():
        related, named = TITLES[table]
        known = apps.get_model("models_registry", table).objects.filter(pk__in=ids)
        known = known.select_related(*related.split()) if related else known
        found |= {(table, row.pk): named(row) for row in known}
    return found
