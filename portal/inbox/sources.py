"""What is due, asked of the rooms without this one knowing them. Register in AppConfig.ready().

A source says, for a day, everything that then waits for anyone, also what it said before: a person is
reminded of one stage of one subject once. Its titles hold no words that somebody typed::

    def due(today: date) -> Iterator[Due]:
        yield Due(user_id, "report:12", "returned:7", "Cấp tỉnh yêu cầu bổ sung: …", "/bao-cao/12/")

    register_source(due)
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Due:
    """One thing that waits for one person. `subject` and `stage` are keys, `url` a path of the portal."""

    user_id: int
    subject: str
    stage: str
    title: str
    url: str


_SOURCES: list[Callable[[date], Iterable[Due]]] = []


def register_source(due: Callable[[date], Iterable[Due]]) -> None:
    """Ask `due(today)` at every round."""
    if due not in _SOURCES:
        _SOURCES.append(due)


def all_due(today: date) -> Iterator[Due]:
    """What all rooms say."""
    for due in _SOURCES:
        yield from due(today)
