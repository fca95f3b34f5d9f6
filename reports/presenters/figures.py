"""The table of figures of a report: every number formatted once, before the template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.ui.numbers import number, signed_change


@dataclass(frozen=True)
class FigureLine:
    """One line of the table as it is read; `asked` says that the province pinned a note to it."""

    no: str
    slug: str
    name: str
    measure_unit: str
    current: str
    same_period: str
    change: str
    cumulative: str
    note: str
    asked: bool
    group: str = ""


def figure_lines(content: Mapping, asked: Iterable[str] = ()) -> list[FigureLine]:
    """The lines of `content` (see reports.content), in its order; `asked` are slugs with an open note."""
    pinned = frozenset(asked)
    return [_line(line, line["indicator"] in pinned) for line in content["lines"]]


def _line(line: Mapping, asked: bool) -> FigureLine:
    return FigureLine(
        no=line["no"],
        slug=line["indicator"],
        name=line["name"],
        measure_unit=line["measure_unit"],
        current=number(line["current"]),
        same_period=number(line["same_period"]),
        change=signed_change(line["current"], line["same_period"]),
        cumulative=number(line["cumulative"]),
        note=line["note"],
        asked=asked,
        group=line.get("group", ""),
    )
