"""The same activity logged twice, mostly once by each side: pointed out before saving, and on its page.

A twin is a live activity of the same kind and unit, at most a day apart, whose title says much the same, or
that was held on the same day in one of the same residential areas.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from portal.ui.numbers import day as as_day
from portal.units.text import fold
from programs.activities.entering import Entering
from programs.activities.extensions import Warning
from programs.activities.models import ActivityEntry, EntryArea
from programs.activities.registry import kind as kind_named

DAYS_APART = timedelta(days=1)
ALIKE = 0.6  # of the words, weighed against the shorter title; below, two talks of one day looked like one
LOOKED_AT, SHOWN = 60, 3
# Words that stand in most titles of a kind and tell nothing apart.
COMMON = frozenset(
    fold("tuyên truyền, về, và, cho, của, tại, ở, trong, các, phòng, chống, công, tác, buổi, việc")
    .replace(",", "")
    .split()
)


@dataclass(frozen=True)
class Sought:
    """What a twin is sought of."""

    kind: str
    unit_id: int
    day: date
    title: str
    areas: frozenset[int]
    entry_id: int | None = None


def likeness(one: str, other: str) -> float:
    """0..1: the share of telling words that two titles have in common, of the one with fewer of them."""
    return _in_common(_words(one), _words(other)) or float(fold(one) == fold(other))


def _in_common(first: set[str], second: set[str]) -> float:
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def _words(title: str) -> set[str]:
    words = set("".join(c if c.isalnum() else " " for c in fold(title)).split())
    return (words - COMMON) or words


def twins_of(sought: Sought) -> list[ActivityEntry]:
    """Up to three likely twins, the most alike first. Two queries, whatever the size of the log."""
    near = ActivityEntry.objects.live().of_kind(sought.kind).filter(unit=sought.unit_id)
    near = near.between(sought.day - DAYS_APART, sought.day + DAYS_APART).exclude(pk=sought.entry_id)
    near = list(near.latest_first()[:LOOKED_AT])
    there = _areas_of(near) if near and sought.areas else {}
    weighed = [(_weight(sought, entry, there.get(entry.pk, set())), entry) for entry in near]
    found = sorted(((w, e) for w, e in weighed if w), key=lambda pair: (-pair[0], -pair[1].pk))
    return [entry for _, entry in found[:SHOWN]]


def _weight(sought: Sought, entry: ActivityEntry, areas: set[int]) -> float:
    return _weighed(likeness(sought.title, entry.title), entry.day == sought.day, sought.areas, areas)


def _weighed(alike: float, same_day: bool, sought: frozenset[int], areas: set[int]) -> float:
    """0 for no twin; on one day in one place whatever the titles say, else by the titles, not elsewhere."""
    if same_day and sought & areas:
        return 1 + alike
    elsewhere = bool(sought and areas) and not sought & areas
    return alike if alike >= ALIKE and not elsewhere else 0


def twins_of_rows(kind, rows: list[tuple]) -> dict[int, str]:
    """Before a table is logged: for each of its rows the entry that it resembles most. Two queries.

    Rows that say the same as one in the log word for word are left to the table's own check.
    """
    days = [day for _, day, _, _ in rows]
    near = ActivityEntry.objects.live().of_kind(kind.slug).filter(unit__in={row[0] for row in rows})
    near = list(near.between(min(days) - DAYS_APART, max(days) + DAYS_APART).latest_first())
    there = _areas_of(near) if near and any(row[3] for row in rows) else {}
    known: dict[tuple, list] = {}
    for entry in near:
        one = (entry, _words(entry.title), there.get(entry.pk, set()))
        known.setdefault((entry.unit_id, entry.day), []).append(one)
    found = {place: _twin_of_row(row, known) for place, row in enumerate(rows)} if near else {}
    return {place: text for place, text in found.items() if text}


def _twin_of_row(row: tuple, known: dict) -> str:
    unit, day, title, areas = row
    around = (day, day - DAYS_APART, day + DAYS_APART)
    looked_at = [one for when in around for one in known.get((unit, when), ())][:LOOKED_AT]
    words, key, best, most = _words(title) if looked_at else set(), fold(title), None, 0.0
    for entry, others, places in looked_at:
        if entry.day == day and entry.search_key == key:
            return ""
        weight = _weighed(_in_common(words, others), entry.day == day, areas, places)
        best, most = (entry, weight) if weight > most else (best, most)
    return f"gần giống “{best.title}” ngày {as_day(best.day)} đã có trong sổ (số {best.pk})." if best else ""


def _areas_of(entries) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for entry, area in EntryArea.objects.filter(entry__in=entries).values_list("entry", "area"):
        found.setdefault(entry, set()).add(area)
    return found


def warn_of_twins(entering: Entering) -> list[Warning]:
    """Before a new activity is saved: what may be the same one."""
    form = entering.form
    if entering.record is not None:
        return []
    data = form.cleaned_data
    areas = frozenset(area.pk for area in form.chosen_areas)
    sought = Sought(entering.kind.slug, data["unit"], data[form.day_field], data["title"], areas)
    twins = twins_of(sought)
    if not twins:
        return []
    key = "twin:" + ",".join(str(pk) for pk in sorted(twin.pk for twin in twins))
    text = (
        "Có hoạt động gần giống đã ghi trong sổ: {}. Nếu là một hoạt động, mở bản ghi đó để bổ sung, "
        "không ghi thêm bản thứ hai: hai bên dùng chung một bản ghi, số liệu chỉ tính một lần."
    )
    return [Warning(key, format_html(text, _links(twins)))]


def twin_hint(entry: ActivityEntry, record, user) -> list[str]:
    """On a record's page: what may be the same activity."""
    areas = frozenset(EntryArea.objects.filter(entry=entry).values_list("area", flat=True))
    twins = twins_of(Sought(entry.kind, entry.unit_id, entry.day, entry.title, areas, entry.pk))
    if not twins:
        return []
    text = "Có thể trùng với {}. Nếu là một hoạt động, bổ sung vào một bản ghi và xóa bản kia."
    return [format_html(text, _links(twins))]


def _links(twins) -> str:
    """ "<a>title</a> (Mặt trận ghi, ngày 21/11/2026)", joined."""
    sides = _sides(twins)
    told = (
        (reverse("activities:detail", args=[t.pk]), t.title, sides.get(t.pk, ""), as_day(t.day))
        for t in twins
    )
    return format_html_join("; ", '“<a href="{}">{}</a>” ({} ghi, ngày {})', told)


def _sides(twins) -> dict[int, str]:
    """Who logged each of them; they are of one kind."""
    rows = kind_named(twins[0].kind).model.objects.in_bulk([twin.pk for twin in twins])
    return {pk: row.get_side_display() for pk, row in rows.items()}
