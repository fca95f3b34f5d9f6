"""The rows behind a figure: what each adds, and whether it has changed since it was counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse

from models_registry.standing import titles
from portal.ui.numbers import day, number
from portal.units.models import AdminUnit
from programs.activities.custom.figures import READING
from programs.activities.custom.models import StockReading
from programs.activities.figures import FigureRow
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind

READ = "Số hiện có đến hết ngày này"
EDITED, DELETED = "đã sửa sau khi chốt", "đã xóa sau khi chốt"


@dataclass(frozen=True)
class BehindRow:
    """One activity or reading, as text; `changed` says what became of it after it was counted."""

    day: str
    title: str
    url: str
    unit_name: str
    amount: str
    changed: str


def behind_rows(rows: Sequence[FigureRow], *, as_counted: bool) -> list[BehindRow]:
    """The rows of one page, ready to be shown; as many queries as there are kinds, not rows."""
    names = {
        unit.pk: unit.full_name for unit in AdminUnit.objects.filter(pk__in={row.unit_id for row in rows})
    }
    changed = changes_since(rows) if as_counted else {}
    return [
        BehindRow(
            day=day(row.day),
            title=READ if row.is_reading else row.title,
            url=reverse("activities:reading" if row.is_reading else "activities:detail", args=[row.entry_id]),
            unit_name=names.get(row.unit_id, ""),
            amount=number(row.amount),
            changed=changed.get(row.entry_id, ""),
        )
        for row in rows
    ]


def standing_rows(rows) -> list[BehindRow]:
    """Rows of the registry, ready to be shown: called as today, counted as then (`trace.StandingRow`)."""
    rows = list(rows)
    called = titles(one.row for one in rows)
    units = AdminUnit.objects.filter(pk__in={one.row.unit_id for one in rows})
    names = {unit.pk: unit.full_name for unit in units}
    return [
        BehindRow(
            day=day(one.row.day),
            title=called.get((one.row.table, one.row.pk), "Đã xóa khỏi sổ"),
            url=_address(one.row),
            unit_name=names.get(one.row.unit_id, ""),
            amount=number(one.row.amount),
            changed=EDITED if one.changed else "",
        )
        for one in rows
    ]


def _address(row) -> str:
    page = {"SelfManagedModel": "registry:detail", "SafetyCertification": "registry:safety_detail"}
    return reverse(page[row.table], args=[row.pk]) if row.table in page else ""


def changes_since(rows: Sequence[FigureRow]) -> dict[int, str]:
    """{entry id: what became of it} of the rows that were edited or deleted after they were counted."""
    ids = [row.entry_id for row in rows if not row.is_reading]
    gone = set(ActivityEntry.objects.filter(pk__in=ids).trash().values_list("pk", flat=True))
    latest = _latest_events(rows)
    found = {row.entry_id: EDITED for row in rows if latest.get(row.entry_id, 0) > row.event_id}
    return found | dict.fromkeys(gone, DELETED)


def _latest_events(rows: Sequence[FigureRow]) -> dict[int, int]:
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row.entry_id)
    return {
        pk: event
        for slug, ids in by_kind.items()
        for pk, event in _events_of(slug)
        .objects.filter(pgh_obj_id__in=ids)
        .values_list("pgh_obj_id")
        .annotate(Max("pgh_id"))
        .order_by()
    }


def _events_of(slug: str):
    return StockReading.pgh_event_model if slug == READING else kind(slug).event_model
