"""Putting a mark where words stood, also in rows that nothing else changes (migrations 0002, 0003).

`secrecy_erase` works while a tombstone of the very same transaction is there, in columns of text alone.
"""

import re
from collections.abc import Iterable

from django.db import connection

MARK = "[nội dung đã gỡ]"
# A sentence is looked for elsewhere from this length on: shorter ones say nothing of their own.
SHORTEST_QUOTE = 20
SHORTEST_WORDS = 6
_SENTENCE_END = re.compile(r"(?<=[.!?;…])\s+|\n+")


def erase(takedown, model, ids: Iterable[int], columns: Iterable[str], *, words=None, mark=MARK, key=None):
    """Put `mark` in the place of whole texts (`words` None), or of each of the words in them; how many rows.

    `key`: the column that `ids` are of, the primary key unless said otherwise. Empty texts stay empty. Lists
    of texts are cleared text by text. Keys that are derived from texts may be emptied, in histories alone.
    """
    ids, columns = list(ids), list(columns)
    if not ids or not columns:
        return 0
    meta = model._meta
    words = None if words is None else sorted(words, key=len, reverse=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT secrecy_erase(%s, %s, %s, %s::bigint[], %s::text[], %s::text[], %s)",
            [takedown.pk, meta.db_table, key or meta.pk.column, ids, columns, words, mark],
        )
        return cursor.fetchone()[0]


def cleared(text: str, words: Iterable[str], mark: str = MARK) -> str:
    """A text with the mark in the place of each of the words, the longest first."""
    for each in sorted(words, key=len, reverse=True):
        text = text.replace(each, mark)
    return text


def holds(text: str, words: Iterable[str]) -> bool:
    return any(each in text for each in words)


def quotes_of(texts: Iterable[str]) -> list[str]:
    """What another text would have copied: texts as a whole and their sentences, from twenty letters on.

    Without the full stop, with a first letter large or small: a sentence is often quoted inside another.
    """
    found = []
    for text in texts:
        wholes = [text, *_SENTENCE_END.split(text)]
        for each in (whole.strip().rstrip(".!?;… ") for whole in wholes if whole.strip() != MARK):
            found += [each, each[:1].lower() + each[1:], each[:1].upper() + each[1:]]
    return [each for each in dict.fromkeys(found) if len(each) >= SHORTEST_QUOTE]
