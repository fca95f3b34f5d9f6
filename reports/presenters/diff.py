"""Changes between two contents, as they are read: figures in a table, remarks word by word."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

WORDS = re.compile(r"\S+|\s+")


@dataclass(frozen=True)
class ChangedText:
    """A section that differs; `parts` are ("same" | "removed" | "added", words) in reading order."""

    title: str
    parts: tuple[tuple[str, str], ...]


def changed_texts(changes: Iterable) -> list[ChangedText]:
    """Of `reports.diff.Change`s the sections, word by word."""
    return [
        ChangedText(change.label, tuple(word_changes(change.before, change.after)))
        for change in changes
        if change.kind == "section"
    ]


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """A reading of two texts word by word: what stayed, what went, what came."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts = []
    for verb, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if verb == "equal":
            parts.append(("same", "".join(old[i:j])))
            continue
        if j > i:
            parts.append(("removed", "".join(old[i:j])))
        if m > k:
            parts.append(("added", "".join(new[k:m])))
    return parts
