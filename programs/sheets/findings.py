"""What was found in a table, cell by cell, in words; and where its columns stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.files.workbook import Refused, Table, letter
from programs.sheets.columns import Column, header_key

# More than anybody mends in one go; the rest is counted.
MOST_KEPT = 500
HEADER_WITHIN = 10
NO_HEADER = "Không thấy dòng tiêu đề của mẫu trong 10 dòng đầu. Tải mẫu của loại này rồi chép số liệu vào."


@dataclass(frozen=True)
class Finding:
    """`row` counts from 1, `column` from 0 (None: the whole row). A warning does not stop the writing."""

    row: int
    column: int | None
    text: str
    is_error: bool = True

    @property
    def where(self) -> str:
        return f"Dòng {self.row}" if self.column is None else f"Ô {letter(self.column)}{self.row}"

    def as_json(self) -> dict:
        level = "error" if self.is_error else "warning"
        return {"where": self.where, "text": f"{self.where}: {self.text}", "level": level}


@dataclass(frozen=True)
class Layout:
    """Where the columns of a subject stand in a table."""

    header_row: int
    places: dict[int, Column]
    findings: list[Finding]

    def at(self, name: str) -> int | None:
        """The place of a field's column."""
        return next((place for place, column in self.places.items() if column.name == name), None)

    def rows(self, table: Table):
        """(row number, values) below the head."""
        return [(number, values) for number, values in table.rows if number > self.header_row]


def laid_out(table: Table, columns: Iterable[Column]) -> Layout:
    """Find the head of the table; Refused when there is none. What is wrong with the head are findings."""
    known = {header_key(column.header): column for column in columns}
    number, values = _header(table, known)
    places: dict[int, Column] = {}
    findings = []
    for place, head in enumerate(values):
        column = known.get(header_key(head))
        if column in places.values():
            findings.append(Finding(number, place, f"cột “{head}” có hai lần."))
        elif column:
            places[place] = column
        elif str(head).strip():
            findings.append(Finding(number, place, f"không có cột “{head}” trong mẫu. Bỏ cột này đi."))
    missing = [c for c in known.values() if c.required and c not in places.values()]
    findings += [Finding(number, None, f"thiếu cột “{column.header}”.") for column in missing]
    findings += _without_head(table, number, values)
    return Layout(number, places, findings)


def _header(table: Table, known: dict[str, Column]) -> tuple[int, list]:
    enough = min(2, len(known))
    for number, values in table.rows[:HEADER_WITHIN]:
        if sum(header_key(value) in known for value in values) >= enough:
            return number, values
    raise Refused(NO_HEADER)


def _without_head(table: Table, header_row: int, heads: list) -> list[Finding]:
    """Cells that stand below no head would be lost: the first of each such column is named."""
    named = {place for place, head in enumerate(heads) if str(head).strip()}
    found: dict[int, Finding] = {}
    for number, values in table.rows:
        if number <= header_row:
            continue
        for place, value in enumerate(values):
            if place not in named and place not in found and str(value).strip():
                found[place] = Finding(number, place, "ô này nằm dưới cột không có tiêu đề.")
    return list(found.values())
