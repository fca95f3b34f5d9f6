"""A year of certification as a workbook: rates by kind and by commune, the subjects, the grading."""

import tempfile

import xlsxwriter

from models_registry.models import SubjectKind
from models_registry.safety.rates import Rate, Table
from models_registry.workbook import AT_ONCE, OPTIONS, Sheet, add_sheet

SUBJECT_HEADS = (
    *(("Số", 9), ("Mã đơn vị", 10), ("Đơn vị", 26), ("Loại", 18), ("Đối tượng", 44), ("Ngày đăng ký", 12)),
    *(("Ngày tự đánh giá", 12), ("Tự đánh giá", 22), ("Kết quả", 18), ("Xếp loại", 18)),
    *(("Số quyết định", 24), ("Ngày quyết định", 12)),
)
GRADING_HEADS = (("Mã đơn vị", 10), ("Đơn vị", 28), ("Phân loại phong trào", 24), ("Số văn bản", 24))
HEADS = (
    "Đăng ký",
    "Tự đánh giá",
    "Đạt",
    "Không đạt",
    "Chưa có kết quả",
    "Tổng số đối tượng",
    "Không thuộc diện xét",
    "Thuộc diện xét",
    "Đạt, ở nơi biết số thuộc diện",
    "Tỷ lệ đạt (%)",
    "Mẫu số không gồm",
)


def workbook(table: Table, subjects, graded):
    """An open temporary file at its start. `subjects`, `graded`: the rows of the lists, in their order.

    Numbers as numbers, an empty cell where nothing is known, names as text that no spreadsheet runs.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        place = table.unit.full_name if table.unit else "Cả nước"
        title = f"“An toàn về an ninh, trật tự” năm {table.year}: {place}"
        rows = [((rate.label,), rate) for rate in table.by_kind()]
        _sheet(book, "Theo đối tượng", title, ("Đối tượng",), rows)
        by_commune = [
            ((commune.code, commune.full_name, SubjectKind(kind).label), rate)
            for kind in SubjectKind.values
            for commune, rate in table.by_commune(kind)
        ]
        _sheet(book, "Theo đơn vị", title, ("Mã", "Đơn vị", "Đối tượng"), by_commune)
        rows = (_subject(row) for row in subjects.iterator(AT_ONCE))
        add_sheet(book, Sheet("Đối tượng đăng ký", title, SUBJECT_HEADS, rows))
        title = f"Phân loại phong trào năm {table.year}: {place}"
        rows = ([row.unit.code, row.unit.full_name, row.grade.name, row.decision_number] for row in graded)
        add_sheet(book, Sheet("Phân loại phong trào", title, GRADING_HEADS, rows))
    file.seek(0)
    return file


def _subject(row) -> list:
    return [
        *(row.pk, row.unit.code, row.unit.full_name, row.get_kind_display(), row.subject, row.registered_on),
        *(row.assessed_on, row.get_self_assessment_display(), row.get_result_display()),
        *(row.grade and row.grade.name, row.decision_number, row.decided_on),
    ]


def _sheet(book, name: str, title: str, firsts, rows) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, bold)
    for column, head in enumerate((*firsts, *HEADS)):
        sheet.write_string(2, column, head, bold)
    for at, (names, rate) in enumerate(rows, 3):
        for column, text in enumerate(names):
            sheet.write_string(at, column, text)
        _figures(book, sheet, at, len(names), rate)
    sheet.set_column(0, len(firsts) - 1, 26)
    sheet.set_column(len(firsts), len(firsts) + len(HEADS) - 2, 13)
    sheet.set_column(len(firsts) + len(HEADS) - 1, len(firsts) + len(HEADS) - 1, 60)
    sheet.freeze_panes(3, len(firsts))


def _figures(book, sheet, at: int, first: int, rate: Rate) -> None:
    known = rate.total is not None
    values = [rate.registered, rate.assessed, rate.met, rate.not_met, rate.pending, rate.total]
    values += [rate.left_out if known else None, rate.eligible, rate.met_of_known if known else None]
    for column, value in enumerate([*values, rate.share], first):
        if value is not None:
            sheet.write_number(at, column, value)
    sheet.write_string(at, first + len(values) + 1, rate.left_out_text)
