"""The workbook to fill in: four rows for every unit, without those whose usernames are taken."""

import io

import xlsxwriter

from portal.accounts.bulk_columns import COLUMNS, MOST_ACCOUNTS, SHEET, crew_rows
from portal.accounts.choices import Side
from portal.accounts.managing import given_roles
from portal.accounts.models import User
from portal.files.handing_out import INERT

WIDTHS = {"unit_name": 28, "full_name": 28, "title": 30, "username": 16, "side": 18, "role": 20, "email": 24}
RULES = (
    "Mỗi dòng một tài khoản. Dòng chưa ghi họ và tên thì được bỏ qua; xóa hoặc thêm dòng tùy ý.",
    "Mật khẩu do cổng tự cấp, in phiếu ngay sau khi lập, dùng một lần.",
    f"Mỗi tệp không quá {MOST_ACCOUNTS:,} tài khoản. Không dùng công thức.".replace(",", "."),
)


def template(units, *, by) -> bytes:
    """The .xlsx for these units (AdminUnits of today), with the roles that `by` may give."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, INERT | {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        data, guide, lists = (book.add_worksheet(name) for name in (SHEET, "Hướng dẫn", "Danh mục"))
        choices = {"side": [s.label for s in Side], "role": [role.label for role in given_roles(by)]}
        _data(data, units, head, book.add_format({"num_format": "@"}))
        _guide(guide, head)
        _choices(data, lists, choices)
    return out.getvalue()


def _data(sheet, units, head, text) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, WIDTHS.get(column.name, 13), text)
        sheet.write_string(0, at, f"{column.title} *" if column.required else column.title, head)
    rows = [row for unit in units for row in crew_rows(unit)]
    taken = set(
        User.objects.filter(username__in=[row[-1] for row in rows]).values_list("username", flat=True)
    )
    for number, row in enumerate((row for row in rows if row[-1] not in taken), 1):
        for at, value in enumerate(row):
            sheet.write_string(number, at, value)


def _guide(sheet, head) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    for number, text in enumerate(RULES):
        sheet.write_string(number, 0, text)
    for number, column in enumerate(COLUMNS, len(RULES) + 1):
        sheet.write_string(number, 0, column.title, head)
        sheet.write_string(number, 1, column.way)


def _choices(data, lists, choices) -> None:
    """Lists to choose from; what is typed otherwise is judged when the file is sent."""
    for place, (name, labels) in enumerate(choices.items()):
        at, letter = [column.name for column in COLUMNS].index(name), "AB"[place]
        for row, label in enumerate(labels):
            lists.write_string(row, place, label)
        source = f"='Danh mục'!${letter}$1:${letter}${len(labels)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        data.data_validation(1, at, MOST_ACCOUNTS, at, rule)
