"""Lists of the registry as workbooks: numbers as numbers, days as days, texts as texts that nothing runs."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from portal.files.handing_out import INERT

OPTIONS = INERT | {"constant_memory": True}
AT_ONCE = 1000
FIRST_ROW = 3


@dataclass(frozen=True)
class Sheet:
    """One table. `heads`: (name, width); `rows`: lists of int, date and str, None where nothing is known."""

    name: str
    title: str
    heads: tuple[tuple[str, int], ...]
    rows: Iterable[list]


def workbook(*sheets: Sheet):
    """An open temporary file at its start; one row is in memory at a time."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        for sheet in sheets:
            add_sheet(book, sheet)
    file.seek(0)
    return file


def add_sheet(book, sheet: Sheet) -> None:
    """Write a table into a workbook that was opened with OPTIONS or the like."""
    page, day = book.add_worksheet(sheet.name), book.add_format({"num_format": "dd/mm/yyyy"})
    bold, count = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
    page.freeze_panes(FIRST_ROW, 0)
    for at, (_, width) in enumerate(sheet.heads):
        page.set_column(at, at, width)
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True}))
    for at, (head, _) in enumerate(sheet.heads):
        page.write_string(FIRST_ROW - 1, at, head, bold)
    for number, row in enumerate(sheet.rows, FIRST_ROW):
        for at, value in enumerate(row):
            _write(page, number, at, value, day, count)


def _write(page, row: int, column: int, value, day, count) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, int):
        page.write_number(row, column, value, count)
    elif value:
        page.write_string(row, column, str(value))
