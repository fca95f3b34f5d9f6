"""The coverage of a festival as a workbook: communes with their counts, areas with what they did."""

import tempfile

import xlsxwriter

from portal.files.handing_out import INERT
from portal.units.models import AdminUnit
from programs.festivals.coverage import Season, areas_of
from programs.festivals.presentation import communes, state_of

FIRST_ROW = 3
STATES = {"held": "Đã tổ chức", "adapted": "Đã tổ chức bằng hình thức khác", "missing": "Chưa tổ chức"}
COUNTS = {
    "areas": "Khu dân cư có vào ngày này",
    "held": "Khu dân cư đã tổ chức",
    "adapted": "Trong đó: bằng hình thức khác",
    "missing": "Khu dân cư chưa tổ chức",
    "commune": "Cuộc do xã, phường, đặc khu tổ chức",
    "agency": "Cuộc do cơ quan, doanh nghiệp tổ chức",
    "school": "Cuộc do nhà trường tổ chức",
}


def workbook(place: AdminUnit, season: Season):
    """An open temporary file at its start. Texts stay texts: no spreadsheet runs them."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, INERT) as book:
        if place.level == "province":
            _communes(book, place, season)
        _areas(book, place, season)
    file.seek(0)
    return file


def _communes(book, place, season) -> None:
    sheet = _sheet(book, "Theo xã, phường, đặc khu", place, season, ["Mã", "Đơn vị", *COUNTS.values()])
    count = book.add_format({"num_format": "#,##0"})
    rows = communes(place, season)
    for at, row in enumerate(rows, FIRST_ROW):
        sheet.write_string(at, 0, row.unit.code)
        sheet.write_string(at, 1, row.unit.full_name)
        for column, name in enumerate(COUNTS, 2):
            sheet.write_number(at, column, getattr(row.counts, name), count)
    sheet.write_string(FIRST_ROW + len(rows), 1, "Cộng")
    for column, name in enumerate(COUNTS, 2):
        total = sum(getattr(row.counts, name) for row in rows)
        sheet.write_number(FIRST_ROW + len(rows), column, total, count)


def _areas(book, place, season) -> None:
    sheet = _sheet(book, "Theo khu dân cư", place, season, ["Đơn vị", "Khu dân cư", "Tình hình"])
    areas = areas_of(place, season).select_related("unit")
    ordered = areas.order_by("unit__sort_key", "unit", "is_held", "sort_key", "pk")
    for at, area in enumerate(ordered.iterator(), FIRST_ROW):
        for column, text in enumerate((area.unit.full_name, area.full_name, STATES[state_of(area)])):
            sheet.write_string(at, column, text)


def _sheet(book, name: str, place, season, heads: list[str]):
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "text_wrap": True})
    sheet.write_string(0, 0, f"{season.name} năm {season.year}, {place.full_name}", bold)
    sheet.write_string(1, 0, f"Khu dân cư có vào ngày {season.day:%d/%m/%Y}")
    sheet.set_column(0, len(heads), 22)
    for column, head in enumerate(heads):
        sheet.write_string(FIRST_ROW - 1, column, head, bold)
    sheet.freeze_panes(FIRST_ROW, 0)
    return sheet
