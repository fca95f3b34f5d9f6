"""What a block is made of: facts in words, a picture, a table whose cells are raw until they are shown."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portal.ui.numbers import day, number
from portal.units.models import AdminUnit
from reports.calendar import Period

ROWS_IN_SIGHT = 8

Cell = int | Decimal | date | str | None


@dataclass(frozen=True)
class Scene:
    """Which place (a commune or a province of today), which period, who reads, on which day."""

    place: AdminUnit
    period: Period
    user: object
    today: date

    @property
    def until(self) -> date:
        """The last day of the period, today as long as it is running."""
        return min(self.period.end, self.today)

    @property
    def is_commune(self) -> bool:
        return self.place.level == "commune"


@dataclass(frozen=True)
class Fact:
    """One figure above the table, as it is to be read ("62% (124/200)"), and the page that it leads to."""

    name: str
    figure: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table and of the workbook. Cells are numbers, days or texts; None is unknown."""

    name: str
    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True)
class Block:
    """`columns`: the heads of the table, that of the names first. `lead`: as of when, what divides what."""

    slug: str
    title: str
    lead: str = ""
    facts: list[Fact] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    picture: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """Folded on the page; a short table stands open."""
        return len(self.rows) > ROWS_IN_SIGHT

    @property
    def heads(self) -> list[dict]:
        """The heads of the table; a column of texts alone stands on the left."""
        texts = [
            all(isinstance(row.cells[n], str) for row in self.rows) for n in range(len(self.columns) - 1)
        ]
        csses = ["", *("" if only_texts else "num" for only_texts in texts)]
        return [{"name": name, "css": css} for name, css in zip(self.columns, csses, strict=True)]

    @property
    def table(self) -> list[dict]:
        """The rows as the page shows them: texts, each with the head that a phone repeats."""
        heads = self.heads[1:]
        return [{"name": row.name, "url": row.url, "cells": _shown(row, heads)} for row in self.rows]


def _shown(row: Row, heads: list[dict]) -> list[dict]:
    cells = zip(heads, row.cells, strict=True)
    return [{"head": head["name"], "css": head["css"], "text": text_of(cell)} for head, cell in cells]


def text_of(cell: Cell) -> str:
    """A cell as it is read; an en dash for what is not known."""
    if isinstance(cell, str):
        return cell
    return day(cell) if isinstance(cell, date) else number(cell)
