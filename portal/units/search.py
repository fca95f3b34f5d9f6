"""Finds units by what an officer types: without marks, by an old name, with the place behind it or not."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from portal.units.text import fold, vietnamese_sort_key

# Longer texts are cut: no name is that long.
LONGEST = 120
SHORTEST_ALIKE = 4
EXACT, PREFIX, WORD, INSIDE, ALIKE = range(5)
# Only those that mean one thing: "P. Thái Hòa", "TP Vinh", "TX. Thái Hòa".
_SHORT = {
    "p.": "phuong",
    "x.": "xa",
    "q.": "quan",
    "h.": "huyen",
    "t.": "tinh",
    "tt": "thi tran",
    "tx": "thi xa",
    "tp": "thanh pho",
}
_SHORT_WORD = re.compile(r"^(p\.|x\.|q\.|h\.|t\.|tt\b|tx\b|tp\b)\.?\s*")


@dataclass(frozen=True)
class Wanted:
    """A name and the places it must lie in, folded: "P. Thái Hòa, Nghệ An" is phuong thai hoa in nghe an."""

    name: str
    places: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Wanted":
        parts = [_spelled_out(fold(part)) for part in text.replace("\x00", "")[:LONGEST].split(",")]
        parts = [part for part in parts if part]
        return cls(parts[0], tuple(parts[1:])) if parts else cls("")

    def split(self) -> list["Wanted"]:
        """The readings without a comma: "thai hoa nghe an" may be thai hoa in nghe an."""
        words = self.name.split(" ")
        return [Wanted(" ".join(words[:i]), (" ".join(words[i:]),)) for i in range(len(words) - 1, 0, -1)]


@dataclass(frozen=True)
class Hit:
    """One name that fits: of the unit itself, or of one that has become (part of) it."""

    unit_id: int
    name_id: int
    rank: int
    is_old: bool
    likeness: float
    name: str


def search(units: QuerySet, text: str, limit: int = 20) -> list:
    """The best fitting of `units`, at most `limit`: exact names first, then beginnings, then parts of names.

    Only where no name holds the text: "thai hoa nghe an" read as a name and its place, then names that look
    alike. Each AdminUnit has `match_rank`, and `found_as`: empty, or the old name it was found by. Asks the
    database at most eight times, whatever the text.
    """
    wanted = Wanted.read(text)
    if not wanted.name:
        return []
    hits = (
        _holding(units, wanted, limit)
        or _name_and_place(units, wanted, limit)
        or _alike(units, wanted, limit)
    )
    return _ranked(hits, vietnamese_sort_key(text[:LONGEST]), limit)


def _holding(units: QuerySet, wanted: Wanted, limit: int) -> list[Hit]:
    fits = Q(search_key__contains=wanted.name)
    return _hits(units, fits & _lies_in(wanted.places), _rank(wanted.name), wanted.name, limit)


def _name_and_place(units: QuerySet, wanted: Wanted, limit: int) -> list[Hit]:
    readings = wanted.split() if not wanted.places else []
    fits = [(Q(name_key=r.name) | Q(search_key=r.name)) & _lies_in(r.places) for r in readings]
    if not fits:
        return []
    return _hits(units, Q.create(fits, connector=Q.OR), Value(EXACT), wanted.name, limit)


def _alike(units: QuerySet, wanted: Wanted, limit: int) -> list[Hit]:
    """Names with many of the same letter triples, for slips of the finger; short texts are like anything."""
    if len(wanted.name) < SHORTEST_ALIKE:
        return []
    fits = Q(search_key__trigram_word_similar=wanted.name) & _lies_in(wanted.places)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = 0.4")
        return _hits(units, fits, Value(ALIKE), wanted.name, limit)


def _hits(units: QuerySet, fits: Q, rank, name: str, limit: int) -> list[Hit]:
    """In one query: own names, names of the units these replace, and of those that partly went into them."""
    from portal.units.models import UnitName

    def look(within: Q, target: str, is_old: bool):
        found = UnitName.objects.filter(fits & within).annotate(
            target=F(target),
            rank=rank,
            likeness=TrigramSimilarity("name_key", name),
            is_old=Value(is_old),
        )
        if is_old:
            found = found.exclude(unit=F("target"))
        found = found.order_by("rank", "-likeness", "unit__sort_key", "pk")
        return found.values_list("target", "pk", "rank", "is_old", "likeness", "name")[: limit * 3]

    own = look(Q(unit__in=units), "unit", False)
    replaced = look(Q(unit__today_unit__in=units), "unit__today_unit", True)
    divided = look(Q(unit__is_divided=True, unit__successions__new__in=units), "unit__successions__new", True)
    return [Hit(*row) for row in own.union(replaced, divided, all=True)]


def _lies_in(places: tuple[str, ...]) -> Q:
    """Under each of these places, then or today: "Nghệ An", "thị xã Thái Hòa"."""
    above = ("parent", "parent__parent", "unit__today_province")
    inside = Q()
    for place in places:
        inside &= Q.create([Q(**{f"{path}__search_key__contains": place}) for path in above], connector=Q.OR)
    return inside


def _rank(name: str) -> Case:
    return Case(
        When(Q(name_key=name) | Q(search_key=name), then=EXACT),
        When(Q(name_key__startswith=name) | Q(search_key__startswith=name), then=PREFIX),
        When(search_key__contains=f" {name}", then=WORD),
        default=Value(INSIDE),
        output_field=IntegerField(),
    )


def _ranked(hits: list[Hit], typed: str, limit: int) -> list:
    """One entry per unit, its best hit: by rank, marks as typed first, present before old names."""
    from portal.units.models import AdminUnit, UnitName

    def order(hit):
        return hit.rank, vietnamese_sort_key(hit.name) not in typed, -hit.likeness, hit.is_old

    best = {}
    for hit in sorted(hits, key=order):
        best.setdefault(hit.unit_id, hit)
    units = AdminUnit.objects.filter(pk__in=best).with_parents()
    ordered = sorted(units, key=lambda u: (*order(best[u.pk]), u.sort_key, u.label))[:limit]
    names = UnitName.objects.filter(pk__in=[best[unit.pk].name_id for unit in ordered])
    names = {name.pk: name for name in names.select_related("unit", "parent")}
    for unit in ordered:
        hit = best[unit.pk]
        unit.match_rank, unit.found_as = hit.rank, _found_as(unit, names[hit.name_id], hit.is_old)
    return ordered


def _found_as(unit, name, is_old: bool) -> str:
    """Empty for its present name, else "trước 1/7/2025: Phường Quang Phong, thị xã Thái Hòa"."""
    ends = name.valid_to or (name.unit.valid_to if is_old else None)
    if ends is None or (not is_old and name.full_name == unit.full_name):
        return ""
    above = name.parent.full_name if name.parent_id and is_old else ""
    place = f", {above[:1].lower()}{above[1:]}" if above else ""
    part = " (một phần)" if is_old and name.unit.is_divided else ""
    return f"trước {_short_day(ends + timedelta(days=1))}: {name.full_name}{place}{part}"


def _short_day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _spelled_out(folded: str) -> str:
    return _SHORT_WORD.sub(lambda match: f"{_SHORT[match[1]]} ", folded).strip()
