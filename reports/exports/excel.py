"""Excel by XlsxWriter: numbers are numbers, texts are texts, whatever they begin with."""

import textwrap
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from portal.files.handing_out import INERT
from portal.ui.numbers import NOTHING
from reports.exports.sheet import ADJUSTMENT_NOTE, Commune, Row, Sheet

FONT = "Times New Roman"
A4 = 9
LONGEST_CELL = 32_767  # characters; XlsxWriter drops longer ones
OPTIONS = INERT | {"in_memory": True}
WIDTHS = (6, 44, 14, 12, 12, 12, 12)


def as_xlsx(sheet: Sheet) -> bytes:
    """The report as an Excel workbook: figures, communes (a province's), text. Same sheet, same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {
            "title": sheet.title[:255],
            "created": datetime.combine(sheet.period_end, time()),
            "language": "vi-VN",
        }
    )
    formats = _formats(book)
    _figures(book, formats, sheet)
    if sheet.communes or sheet.missing:
        _communes(book, formats, sheet)
    _text(book, formats, sheet)
    book.close()
    return out.getvalue()


def _formats(book) -> dict:
    def made(**more):
        return book.add_format({"font_name": FONT, "font_size": 12, "valign": "top"} | more)

    cell = {"border": 1}
    return {
        "line": made(),
        "bold": made(bold=True),
        "title": made(bold=True, font_size=14),
        "italic": made(italic=True),
        "wrap": made(text_wrap=True),
        "head": made(**cell, bold=True, text_wrap=True, align="center", valign="vcenter", bg_color="#E4F0EA"),
        "text": made(**cell, text_wrap=True),
        "centre": made(**cell, align="center"),
        "right": made(**cell, align="right"),
        "number": made(**cell, num_format="#,##0"),
        "number_part": made(**cell, num_format="#,##0.###"),
        "signed": made(**cell, num_format="+#,##0;-#,##0;0"),
        "signed_part": made(**cell, num_format="+#,##0.###;-#,##0.###;0"),
        "total": made(**cell, num_format="#,##0", bold=True),
        "total_part": made(**cell, num_format="#,##0.###", bold=True),
        "total_text": made(**cell, bold=True),
    }


def _head(page, formats, sheet: Sheet, title: str) -> int:
    """The lines over a table; returns the first free row."""
    lines = [
        *((sheet.draft, "bold"),) * bool(sheet.draft),
        *((" ".join(issuer.name), "bold") for issuer in sheet.issuers),
        (f"{sheet.title}: {sheet.abstract}", "title"),
        (title, "bold"),
        *((sheet.nil, "bold"),) * bool(sheet.nil),
    ]
    for at, (text, kind) in enumerate(lines):
        page.write_string(at, 0, text[:LONGEST_CELL], formats[kind])
    return len(lines) + 1


def _figures(book, formats, sheet: Sheet) -> None:
    page = book.add_worksheet("Phụ lục I")
    top = _head(page, formats, sheet, f"Phụ lục I. {sheet.figures_of}")
    _heads(page, formats, top, sheet.columns)
    listed = sheet.rows_and_heads
    for at, (head, row) in enumerate(listed, top + 1):
        if row:
            _figure_row(page, formats, at, row, sheet.adjusted)
        else:
            page.write_string(at, 1, head[:LONGEST_CELL], formats["total_text"])
    if sheet.adjusted:
        page.write_string(top + len(listed) + 2, 0, ADJUSTMENT_NOTE, formats["italic"])
    _set_up(page, top, [*WIDTHS, *([12] if sheet.adjusted else []), 12, 30])


def _figure_row(page, formats, at: int, row: Row, adjusted: bool) -> None:
    for column, (text, kind) in enumerate(
        ((row.no, "centre"), (row.name, "text"), (row.measure_unit, "text"))
    ):
        page.write_string(at, column, text[:LONGEST_CELL], formats[kind])
    _number(page, formats, at, 3, row.current)
    _number(page, formats, at, 4, row.same_period)
    _number(page, formats, at, 5, row.change, "signed")
    page.write_string(at, 6, row.percent, formats["right"])
    if adjusted:
        _number(page, formats, at, 7, row.adjustment, "signed")
    _number(page, formats, at, 7 + adjusted, row.cumulative)
    page.write_string(at, 8 + adjusted, row.note[:LONGEST_CELL], formats["text"])


def _communes(book, formats, sheet: Sheet) -> None:
    page = book.add_worksheet("Phụ lục II")
    top = _head(page, formats, sheet, f"Phụ lục II. {sheet.figures_of} của từng xã, phường, đặc khu")
    _heads(page, formats, top, ["TT", "Đơn vị", "Bản", *sheet.indicators])
    for at, commune in enumerate(sheet.communes, top + 1):
        _commune_row(page, formats, at, commune)
    last = top + 1 + len(sheet.communes)
    if sheet.communes:
        for column, text in enumerate(("", "Tổng cộng", "")):
            page.write_string(last, column, text, formats["total_text"])
        for column, total in enumerate(sheet.totals, 3):
            _number(page, formats, last, column, total, "total")
    page.write_string(last + 2, 0, sheet.missing[:LONGEST_CELL], formats["line"])
    _set_up(page, top, [6, 36, 8, *[14] * len(sheet.indicators)])


def _commune_row(page, formats, at: int, commune: Commune) -> None:
    page.write_string(at, 0, commune.no, formats["centre"])
    page.write_string(at, 1, commune.name[:LONGEST_CELL], formats["text"])
    _number(page, formats, at, 2, commune.version)
    for column, figure in enumerate(commune.figures, 3):
        _number(page, formats, at, column, figure)


def _text(book, formats, sheet: Sheet) -> None:
    page = book.add_worksheet("Nội dung")
    page.set_column(0, 0, 110)
    at = 0
    for text, kind in _text_lines(sheet):
        # Longer than a cell holds: cut between words (a word is never that long and still a word).
        for part in textwrap.wrap(text, LONGEST_CELL):
            page.write_string(at, 0, part, formats[kind])
            at += 1
    _print_set_up(page)


def _text_lines(sheet: Sheet):
    yield sheet.intro, "wrap"
    for section in sheet.sections:
        yield section.heading, "bold"
        yield from ((text, "wrap") for text in section.paragraphs)
    yield sheet.closing, "wrap"


def _heads(page, formats, at: int, names: list[str]) -> None:
    for column, name in enumerate(names):
        page.write_string(at, column, name[:LONGEST_CELL], formats["head"])


def _number(page, formats, at: int, column: int, value: int | None, kind: str = "number") -> None:
    """A number as a number; what is not known as a dash, never as zero."""
    if value is None:
        page.write_string(at, column, NOTHING, formats["right"])
    else:
        page.write_number(at, column, value, formats[kind if isinstance(value, int) else f"{kind}_part"])


def _set_up(page, top: int, widths: list[int]) -> None:
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, 2)
    page.repeat_rows(top)
    page.set_landscape()
    _print_set_up(page)


def _print_set_up(page) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    page.set_footer("&C&P/&N")
