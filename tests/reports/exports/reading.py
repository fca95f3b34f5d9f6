"""Reads a report's files back: the rows of its tables, as texts, and all its text."""

import unicodedata
from io import BytesIO

import docx
import openpyxl
import pypdf


def grouped(value: int | None) -> str:
    """1.234.567, written here a second time on purpose."""
    if value is None:
        return "–"
    digits, groups = str(abs(value)), []
    while digits:
        digits, groups = digits[:-3], [digits[-3:], *groups]
    return ("−" if value < 0 else "") + ".".join(groups)


def plussed(value: int | None) -> str:
    return f"+{grouped(value)}" if value and value > 0 else grouped(value)


def squeezed(text: str) -> str:
    """Without blanks, soft breaks and marks that no letter took up (a page sets them somewhere near)."""
    text = unicodedata.normalize("NFC", text).replace("\u200b", "")
    return "".join(c for c in text if not (c.isspace() or unicodedata.combining(c)))


def pdf_text(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages))


def docx_tables(data: bytes) -> list[list[list[str]]]:
    """The tables whose first cell says TT: rows of cell texts."""
    tables = docx.Document(BytesIO(data)).tables
    rows = ([[cell.text for cell in row.cells] for row in table.rows] for table in tables)
    return [table for table in rows if table[0][0] == "TT"]


def docx_text(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def xlsx_rows(data: bytes, name: str) -> list[list]:
    """The rows under the head (TT …) of a sheet, values as Excel holds them."""
    page = openpyxl.load_workbook(BytesIO(data))[name]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    top = next(at for at, row in enumerate(rows) if row[0] == "TT")
    return [row for row in rows[top + 1 :] if row[1] is not None]
