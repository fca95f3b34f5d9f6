"""The dashboard as a workbook: a row a unit, a column an indicator, and the sum."""

import io

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from portal.files.handing_out import INERT, XLSX
from reports.calendar import Period
from reports.dashboards import matrix
from reports.dashboards.bases import Base, rate, sizes
from reports.dashboards.blocks.shape import Block
from reports.dashboards.blocks.sheets import add_sheets
from reports.dashboards.board import Board

FIRST_ROW = 4
OPTIONS = INERT | {"in_memory": True}


def taken_away(book: bytes, code: str, period: Period) -> HttpResponse:
    """A workbook of a place and a period as a download."""
    name = f"bang-dieu-hanh-{code}-{period.end:%Y%m%d}.xlsx"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(book, content_type=XLSX, headers={"Content-Disposition": disposition})


def of_blocks(blocks: list[Block]) -> bytes:
    """A sheet each."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        add_sheets(book, blocks)
    return file.getvalue()


def workbook(board: Board, blocks: list[Block], base: Base | None = None) -> bytes:
    """Numbers as numbers, names as text not run; a sheet of its own for the rates and each block."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        count = book.add_format({"num_format": "#,##0.###"})
        sheet = book.add_worksheet("Số liệu")
        sheet.write_string(0, 0, f"{board.name}, {board.period.label}", bold)
        sheet.write_string(1, 0, board.period.data_range_label)
        for column, name in enumerate(
            ["Mã", "Đơn vị", *(f"{i.name} ({i.measure_unit})" for i in board.indicators)]
        ):
            sheet.write_string(FIRST_ROW - 1, column, name, bold)
        for row, unit in enumerate(board.units, FIRST_ROW):
            sheet.write_string(row, 0, unit.code)
            sheet.write_string(row, 1, unit.full_name)
            for column, indicator in enumerate(board.indicators, 2):
                sheet.write_number(row, column, board.figure_of(unit, indicator.slug), count)
        last = FIRST_ROW + len(board.units)
        sheet.write_string(last, 1, "Cộng", bold)
        for column, figure in enumerate(board.figures(), 2):
            sheet.write_number(last, column, figure.current, count)
        sheet.set_column(1, 1, 28)
        sheet.set_column(2, 1 + len(board.indicators), 14)
        sheet.freeze_panes(FIRST_ROW, 2)
        if base:
            _rates(book, board, base, bold)
        _sending(book, board, bold)
        add_sheets(book, blocks)
    return file.getvalue()


def _rates(book, board: Board, base: Base, bold) -> None:
    """Every indicator on the chosen base; what is not known stays empty."""
    sheet, known = book.add_worksheet(base.words), sizes(board, base)
    heads = ["Mã", "Đơn vị", base.size_words, *(f"{i.name} ({i.measure_unit})" for i in board.indicators)]
    sheet.write_row(0, 0, heads, bold)
    for row, unit in enumerate(board.units, 1):
        sheet.write_string(row, 0, unit.code)
        sheet.write_string(row, 1, unit.full_name)
        if size := known.get(unit.pk):
            rates = [rate(board.figure_of(unit, each.slug), size, base) for each in board.indicators]
            sheet.write_row(row, 2, [size, *rates])
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 2 + len(board.indicators), 14)
    sheet.freeze_panes(1, 2)


def _sending(book, board: Board, bold) -> None:
    """Who has sent over the last periods of the first kind of report, every unit."""
    today, owed = timezone.localdate(), matrix.obligations()
    periods = matrix.periods_of(owed[0], today) if owed else []
    sheet = book.add_worksheet("Gửi báo cáo qua các kỳ")
    sheet.write_row(0, 0, ["Đơn vị", *(period.label for period in periods), "Hoạt động gần nhất"], bold)
    for line, row in enumerate(matrix.rows(board, board.units, owed[0] if owed else None, periods, today), 1):
        for column, text in enumerate([row.name, *(cell.words for cell in row.cells), row.last]):
            sheet.write_string(line, column, text)
    sheet.set_column(0, len(periods) + 1, 28)
    sheet.freeze_panes(1, 1)
