"""What a takedown reaches. This room knows none of the rooms that hold texts: they say so at start-up.

A *place* is what can be taken down: `register_place("activity", find)`. A *handler* names the pieces that a
takedown clears of the words: `register_takedown(handler)`. A handler is asked twice, for the dry run and
inside the transaction that erases; asking changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    """What an address leads to: whose it is, how it is called without any of its words, what it says."""

    unit: object
    name: str
    texts: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # (key, name) of sections that may be taken down alone


@dataclass(frozen=True)
class Target:
    """What is taken down. `part` "" is the whole; `words` are to be cleared elsewhere too."""

    place: str
    subject: int
    found: Found
    part: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """One kind of thing that a takedown clears: `label` and `count` are shown and kept.

    `erase(takedown, by)` does it. `rows`: {table: ids} for a restored backup. `warning`: what stays.
    """

    label: str
    count: int
    erase: Callable | None = None
    rows: dict = field(default_factory=dict)
    warning: str = ""


Handler = Callable[[Target], Iterable[Piece]]
_PLACES: dict[str, tuple[str, str, Callable[[int], Found | None]]] = {}
_HANDLERS: list[Handler] = []
_ROWS_CLEARERS: list[Callable] = []


def register_place(slug: str, path: str, name: str, find: Callable[[int], Found | None]) -> None:
    """Make a place known. `path`: what its pages' addresses begin with ("/so-theo-doi/")."""
    _PLACES[slug] = (path, name, find)


def register_takedown(handler: Handler) -> Handler:
    """Ask `handler(target)` for the pieces that it would clear, in the order of registration."""
    if handler not in _HANDLERS:
        _HANDLERS.append(handler)
    return handler


def register_rows_clearer(clear: Callable) -> Callable:
    """Call `clear(takedown, {table: ids})` after a takedown is applied again to a restored backup."""
    if clear not in _ROWS_CLEARERS:
        _ROWS_CLEARERS.append(clear)
    return clear


def places() -> list[tuple[str, str, str]]:
    """(slug, path, name) of all places."""
    return [(slug, path, name) for slug, (path, name, _) in _PLACES.items()]


def name_of(place: str) -> str:
    return _PLACES[place][1] if place in _PLACES else place


def find(place: str, subject: int) -> Found | None:
    return _PLACES[place][2](subject) if place in _PLACES else None


def handlers() -> list[Handler]:
    return list(_HANDLERS)


def rows_clearers() -> list[Callable]:
    return list(_ROWS_CLEARERS)
