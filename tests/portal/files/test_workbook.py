"""Files that are no tables are refused in words, before anything reads them."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest

from portal.files import workbook
from portal.files.workbook import Refused, checked, letter, read
from tests.programs.sheets.books import book, part, with_part

ROWS = [
    ["Ngày tổ chức", "Nội dung", "Lượt người"],
    [date(2026, 11, 3), "Tuyên truyền tại Thôn Liên Sơn", 1234],
]
SHEET = "xl/worksheets/sheet1.xml"


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(checked(name, content))
    return "\n".join(refused.value.messages)


def test_a_plain_workbook_is_read_with_the_numbers_of_its_rows():
    table = read(checked("thang-11.xlsx", book([[], *ROWS, [], ["", "cuối"]])))
    assert [number for number, _ in table.rows] == [2, 3, 5]
    day, title, count = table.rows[1][1][:3]
    assert day in (date(2026, 11, 3), datetime(2026, 11, 3)) and title.startswith("Tuyên") and count == 1234


def test_saving_the_same_table_again_does_not_make_another():
    first, again = book(ROWS), book(ROWS, sheet="Trang 2")
    assert first != again
    assert read(checked("a.xlsx", first)).digest() == read(checked("b.xlsx", again)).digest()
    assert read(checked("a.xlsx", book([*ROWS, ["x"]]))).digest() != read(checked("a.xlsx", first)).digest()


@pytest.mark.parametrize("name", ["so-lieu.xls", "so-lieu.xlsm", "so-lieu.csv", "so-lieu"])
def test_other_names_are_refused(name):
    assert ".xlsx" in refusal(name, book(ROWS))


def test_an_old_workbook_or_one_with_a_password_is_named_as_such():
    assert "mật khẩu" in refusal("so-lieu.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


@pytest.mark.parametrize(
    "content", [b"", b"<html><table><tr><td>1</td></tr></table></html>", b"PK\x03\x04" + b"x" * 90]
)
def test_html_and_rubbish_named_xlsx(content):
    assert refusal("so-lieu.xlsx", content) in (workbook.NOT_XLSX, workbook.BROKEN)


def test_a_zip_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "xin chào")
    assert refusal("so-lieu.xlsx", out.getvalue()) == workbook.NOT_XLSX


def test_a_truncated_workbook():
    content = book(ROWS)
    assert refusal("so-lieu.xlsx", content[: len(content) // 2]) == workbook.BROKEN


def test_macros_are_refused_by_part_and_by_type():
    assert refusal("so-lieu.xlsx", with_part(book(ROWS), "xl/vbaProject.bin", b"x")) == workbook.MACROS
    types = part(book(ROWS), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert refusal("so-lieu.xlsx", with_part(book(ROWS), "[Content_Types].xml", types)) == workbook.MACROS


def test_a_bomb_is_not_unpacked():
    assert refusal("so-lieu.xlsx", with_part(book(ROWS), SHEET, b"<a>" + b" " * 30_000_000)) == workbook.BOMB
    many = book(ROWS)
    for number in range(3):
        many = with_part(many, f"xl/worksheets/s{number}.xml", bytes(range(256)) * 120_000)
    assert refusal("so-lieu.xlsx", many) == workbook.BOMB


def test_a_bomb_that_lies_about_its_size():
    """The directory says one kilobyte; what comes out is another matter."""
    content = bytearray(with_part(book(ROWS), SHEET, b"<a>" + b" " * 50_000_000 + b"</a>"))
    true = struct.pack("<I", 50_000_007)
    while (at := content.find(true)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
    assert refusal("so-lieu.xlsx", bytes(content)) in (workbook.BROKEN, workbook.BOMB)


def test_ten_thousand_parts():
    out = io.BytesIO(book(ROWS))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(1000):
            archive.writestr(f"xl/p{number}", "")
    assert refusal("so-lieu.xlsx", out.getvalue()) == workbook.BOMB


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("path", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_are_refused_in_every_part(path, encoding):
    xml = f"""<?xml version="1.0" encoding="{encoding}"?>
    <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <x>&b;&f;</x>"""
    said = refusal("so-lieu.xlsx", with_part(book(ROWS), path, xml.encode(encoding)))
    assert said == workbook.FORBIDDEN_XML


def test_formulas_are_named_by_cell():
    said = refusal(
        "so-lieu.xlsx", book(ROWS, formulas={"C2": "=SUM(A1:A9)", "AB7": '=HYPERLINK("http://x")'})
    )
    assert said.splitlines() == [
        "Ô C2: chỉ ghi giá trị, không ghi công thức.",
        "Ô AB7: chỉ ghi giá trị, không ghi công thức.",
    ]


def test_a_value_at_the_end_of_the_world_does_not_fill_the_memory():
    sheet = part(book(ROWS), SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "XFD1048576" in refusal("so-lieu.xlsx", with_part(book(ROWS), SHEET, sheet))
    stated = part(book(ROWS), SHEET).replace(b'<dimension ref="A1:C2"/>', b'<dimension ref="A1:XFD1048576"/>')
    assert b"XFD1048576" in stated
    assert len(read(checked("so-lieu.xlsx", with_part(book(ROWS), SHEET, stated))).rows) == 2


def test_cells_that_are_only_formatted_do_not_count():
    sheet = part(book(ROWS), SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    )
    assert len(read(checked("so-lieu.xlsx", with_part(book(ROWS), SHEET, sheet))).rows) == 2


def test_too_many_rows():
    assert refusal("so-lieu.xlsx", book([["x"]] * 20_002)) == workbook.TOO_MANY_ROWS


def test_letters_of_columns():
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
