"""Blocks in a workbook: a sheet each, its facts, then one row for each line of its table."""

from datetime import date

from reports.dashboards.blocks.shape import Block

LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
WIDE, NARROW = 40, 16


def add_sheets(book, blocks: list[Block]) -> None:
    """Numbers as numbers, days as days, names as text; what is not known stays empty."""
    formats = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0.###"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    for block in blocks:
        _add(book.add_worksheet(sheet_name(block)), block, formats)


def sheet_name(block: Block) -> str:
    """The title as far as a sheet's name may go."""
    return " ".join(block.title.translate(FORBIDDEN).split())[:LONGEST_NAME].strip()


def _add(sheet, block: Block, formats: dict) -> None:
    sheet.write_string(0, 0, block.title, formats["bold"])
    sheet.write_string(1, 0, block.lead)
    for row, fact in enumerate(block.facts, 2):
        for column, text in enumerate((fact.name, fact.figure, fact.note)):
            sheet.write_string(row, column, text)
    first = len(block.facts) + 3
    for column, head in enumerate(block.columns):
        sheet.write_string(first, column, head, formats["bold"])
    for row, line in enumerate(block.rows, first + 1):
        sheet.write_string(row, 0, line.name)
        for column, cell in enumerate(line.cells, 1):
            _write(sheet, row, column, cell, formats)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, max(len(block.columns) - 1, 2), NARROW)


def _write(sheet, row: int, column: int, cell, formats: dict) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["day"])
    elif cell is not None:
        sheet.write_number(row, column, cell, formats["count"])
