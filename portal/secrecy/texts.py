"""What a takedown clears of tables of typed texts: the rows, what is derived from them, their history.

A room says which of its tables hold typed words and whose they are (`Typed`). A record that is taken down
(`Typed.of`) is cleared as a whole; every other row of the unit, of its province and of old districts is
cleared of the words that it quotes. Rows of the whole country and of catalogues are cleared of words typed
for this takedown alone: they may well be called as somebody's sentence goes.
"""

from collections.abc import Iterable
from functools import partial

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from pghistory.models import Context

from portal.secrecy.erasing import MARK, cleared, erase, holds, quotes_of
from portal.secrecy.reach import around, leading, record
from portal.secrecy.registry import Piece, Target, register_rows_clearer, register_takedown
from portal.secrecy.typed import Typed, derived_fields, typed_fields, unique_names

REASONS = Context._meta.db_table


def register_texts(tables: Iterable[Typed]) -> None:
    """Clear these tables in every takedown, and again in a restored backup."""
    register_takedown(partial(pieces_of_texts, tables=tables))
    register_rows_clearer(partial(clear_rows_of, tables))


def own_texts(tables: Iterable[Typed], place: str, subject: int, unit) -> tuple[str, ...]:
    """All that was ever typed in a record and its parts; what other units say in the same words aside."""
    said = {
        (typed, each.name, text)
        for typed in tables
        for table in (typed.tables if place in typed.of else ())
        for each in typed_fields(table)
        for text in table._default_manager.filter(
            leading(table, typed.of[place], record(subject))
        ).values_list(each.name, flat=True)
        if text and not text.startswith(MARK)
    }
    return tuple(quotes_of(sorted({text for *where, text in said if not _is_common(*where, text, unit)})))


def _is_common(typed: Typed, name: str, text: str, unit) -> bool:
    """Titles such as "Kế hoạch phối hợp năm 2026"."""
    others = typed.model._default_manager.exclude(leading(typed.model, typed.unit, around(unit)))
    return len(text) <= 300 and others.filter(**{name: text}).exists()


def pieces_of_texts(target: Target, tables: Iterable[Typed]) -> list[Piece]:
    """One piece a table in which something is found, and one for the reasons given beside the history."""
    found = [piece for typed in tables if (piece := _piece(target, typed))]
    return [*found, *_reasons(target, tables)]


def clear_rows_of(tables: Iterable[Typed], takedown, rows: dict) -> None:
    """In a restored backup: the rows that typed words were found in, as a whole."""
    for typed in tables:
        for table in typed.tables:
            _clear(takedown, typed, table, rows.get(table._meta.db_table, []), None)
    _clear_reasons(rows.get(REASONS, []), None)


def _piece(target: Target, typed: Typed) -> Piece | None:
    whole = {table: _whole(target, typed, table) for table in typed.tables}
    quoting = {table: _quoting(target, typed, table) - whole[table] for table in typed.tables}
    ids = {table._meta.db_table: sorted(whole[table] | quoting[table]) for table in typed.tables}
    if not any(ids.values()):
        return None

    def clear(takedown, by):
        for table in typed.tables:
            _clear(takedown, typed, table, whole[table], None)
            _clear(takedown, typed, table, quoting[table], _words(target, typed))

    name = typed.model._meta.verbose_name
    label, count = f"{name[:1].upper()}{name[1:]}, cả dòng lịch sử", sum(map(len, ids.values()))
    return Piece(label, count, clear, {table: found for table, found in ids.items() if found})


def _words(target: Target, typed: Typed) -> tuple[str, ...]:
    return target.words if typed.is_catalogue else (*target.words, *target.found.texts)


def _whole(target: Target, typed: Typed, table) -> set[int]:
    path = typed.of.get(target.place)
    rows = table._default_manager.filter(leading(table, path, record(target.subject))) if path else None
    return set(rows.values_list("pk", flat=True)) if rows is not None else set()


def _quoting(target: Target, typed: Typed, table) -> set[int]:
    """Rows in reach that hold one of the words; those of the whole country where the words were typed."""
    own, typed_words = _words(target, typed), target.words
    reach = leading(table, typed.unit, around(target.found.unit)) if typed.unit else Q(pk__in=[])
    country = leading(table, typed.unit, lambda path: Q(**{path: None})) if typed.unit else Q()
    found = _holding(table._default_manager.filter(reach), table, own)
    return found | _holding(table._default_manager.filter(country), table, typed_words)


def _holding(rows, table, words) -> set[int]:
    """Looked through here, not by the database: a list of names is no text there."""
    names = [each.name for each in typed_fields(table)]
    return {
        pk
        for pk, *values in (rows.values_list("pk", *names).iterator() if words else ())
        if any(holds(text, words) for value in values for text in _several(value))
    }


def _clear(takedown, typed: Typed, table, ids, words) -> None:
    """Rows of today through their own triggers, so that revision and history follow; all else by force."""
    if table is typed.model and not typed.is_firm:
        for row in table._default_manager.select_for_update(of=("self",)).filter(pk__in=ids):
            _rewrite(row, words)
        return
    erase(takedown, table, ids, [each.column for each in typed_fields(table)], words=words)
    if table is not typed.model:
        erase(takedown, table, ids, [each.column for each in derived_fields(table)], mark="")


def _rewrite(row, words) -> None:
    values, names = {}, unique_names(type(row))
    for each in typed_fields(type(row)):
        mark = f"{MARK} số {row.pk}" if each.name in names else MARK
        values[each.name] = _without(getattr(row, each.attname), words, mark, each)
        setattr(row, each.attname, values[each.name])
    for each in derived_fields(type(row)):
        values[each.name] = each.derive(str(getattr(row, each.of) or ""))
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def _without(value, words, mark: str, column):
    if isinstance(value, list):
        return [_without(item, words, mark, column.base_field) for item in value]
    if not value:
        return value
    text = mark if words is None else cleared(value, words, mark)
    return text[: column.max_length] if column.max_length else text


def _reasons(target: Target, tables: Iterable[Typed]) -> list[Piece]:
    """The reason that was typed for deleting a row stands with the step of the history, in no column."""
    words, quoting, own = (*target.words, *target.found.texts), set(), set()
    for typed in tables:
        for table in typed.tables[1:]:
            reach = leading(table, typed.unit, around(target.found.unit)) if typed.unit else Q()
            quoting |= _reasons_of(table.objects.filter(reach), words)
            if path := typed.of.get(target.place):
                own |= _reasons_of(table.objects.filter(leading(table, path, record(target.subject))), None)
    quoting -= own
    ids = sorted(map(str, own | quoting))

    def clear(takedown, by):
        _clear_reasons(own, None)
        _clear_reasons(quoting, words)

    return [Piece("Lý do xóa trong lịch sử", len(ids), clear, {REASONS: ids})] if ids else []


def _reasons_of(events, words) -> set:
    if words == ():
        return set()
    rows = Context.objects.filter(pk__in=events.exclude(pgh_context=None).values("pgh_context_id"))
    said = rows.annotate(said=KeyTextTransform("reason", "metadata")).exclude(said=None)
    return {pk for pk, text in said.values_list("pk", "said") if words is None or holds(text, words)}


def _clear_reasons(ids, words) -> None:
    for context in Context.objects.filter(pk__in=ids):
        said = context.metadata["reason"]
        metadata = context.metadata | {"reason": MARK if words is None else cleared(said, words)}
        Context.objects.filter(pk=context.pk).update(metadata=metadata)


def _several(value) -> list[str]:
    return value if isinstance(value, list) else [value or ""]
