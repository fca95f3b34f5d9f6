"""The empty workbook of a subject: one sheet to fill in, the ways to fill it in, the lists of values."""

import io

import xlsxwriter

from portal.files.workbook import DATA_SHEET, MOST_ROWS, letter
from programs.sheets.columns import SEPARATED, Column

GUIDE, LISTS = "Hướng dẫn", "Danh mục"
WIDE, NARROW = 48, 16
RULES = (
    "Điền ở trang “Dữ liệu”, mỗi dòng một bản ghi. Không đổi tiêu đề; cột không dùng thì để trống.",
    "Cột có dấu * bắt buộc điền. Ngày ghi dd/mm/yyyy. Số ghi 1234 hoặc 1.234. Không dùng công thức.",
    "Tên ghi có dấu hay không dấu đều được. Mỗi tệp không quá 20.000 dòng, 10 MB.",
    "Không ghi bí mật nhà nước, họ tên và thông tin riêng của người dân.",
)


def template(subject) -> bytes:
    """The .xlsx to download for a subject of `subjects`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "bold": book.add_format({"bold": True}),
        }
        data, guide, lists = (book.add_worksheet(name) for name in (DATA_SHEET, GUIDE, LISTS))
        _lists(lists, subject.columns, styles)
        _data(data, subject.columns, styles)
        _guide(guide, subject, styles)
    return out.getvalue()


def _data(sheet, columns: list[Column], styles) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for at, column in enumerate(columns):
        is_long = not (column.choices or column.is_day or column.is_number)
        sheet.set_column(at, at, WIDE if is_long else NARROW + 8, styles["day"] if column.is_day else None)
        sheet.write_string(0, at, column.title, styles["head"])
        if column.choices and not column.many:
            place, last = letter(at), len(column.choices) + 1
            sheet.data_validation(1, at, MOST_ROWS, at, {
                "validate": "list",
                "source": f"='{LISTS}'!${place}$2:${place}${last}",
                "error_title": "Không có trong danh mục",
                "error_message": "Chọn một giá trị trong danh sách.",
                "error_type": "warning",
            })  # fmt: skip


def _lists(sheet, columns: list[Column], styles) -> None:
    """The values of each column of choices, below its name, in the same column as in the data."""
    for at, column in enumerate(columns):
        if column.choices:
            sheet.set_column(at, at, 32)
            sheet.write_string(0, at, column.header, styles["head"])
            for row, (_, label) in enumerate(column.choices, 1):
                sheet.write_string(row, at, label)


def _guide(sheet, subject, styles) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, f"Mẫu nhập: {subject.title} – {subject.unit.full_name}", styles["bold"])
    rules = (*RULES, *getattr(subject, "notes", ()))
    for row, text in enumerate(rules, 1):
        sheet.write_string(row, 0, text)
    top = len(rules) + 2
    for at, text in enumerate(("Cột", "Bắt buộc", "Cách ghi")):
        sheet.write_string(top, at, text, styles["head"])
    for row, column in enumerate(subject.columns, top + 1):
        sheet.write_string(row, 0, column.header, styles["text"])
        sheet.write_string(row, 1, "Có" if column.required else "", styles["text"])
        sheet.write_string(row, 2, way_to_fill(column), styles["text"])


def way_to_fill(column: Column) -> str:
    """How a column is filled in, in one or two sentences."""
    words = ["Ngày, ví dụ 05/06/2026."] if column.is_day else []
    words += ["Số."] if column.is_number else []
    if column.choices:
        words.append(f"Giá trị có ở trang “{LISTS}”." + (f" {SEPARATED}" if column.many else ""))
    if column.default:
        named = dict(column.choices).get(column.default, column.default)
        words.append(f"Để trống thì là “{named}”.")
    return " ".join([*words, column.hint]).strip()
