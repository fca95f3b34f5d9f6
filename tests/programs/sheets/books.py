"""Workbooks as officers send them, and as nobody should."""

import io
import zipfile
from datetime import date

import xlsxwriter


def book(rows, *, sheet: str = "Dữ liệu", formulas: dict | None = None) -> bytes:
    """An .xlsx with one sheet: lists of values, dates as real Excel dates; formulas: {"C7": "=1+1"}."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        page, day = made.add_worksheet(sheet), made.add_format({"num_format": "dd/mm/yyyy"})
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(y, x, value, day)
                elif isinstance(value, bool):
                    page.write_boolean(y, x, value)
                elif value is not None and value != "":
                    page.write(y, x, value)
        for cell, formula in (formulas or {}).items():
            page.write_formula(cell, formula, None, 2)
    return out.getvalue()


def with_part(content: bytes, path: str, text: bytes) -> bytes:
    """The same workbook with one part of the archive replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
        new.writestr(path, text)
    return out.getvalue()


def part(content: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)
