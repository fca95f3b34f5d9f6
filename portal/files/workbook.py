"""Opening a workbook that somebody sent: what is refused before it is read, and what its cells say.

A .xlsx is a ZIP of XML. Sizes are bounded by what really comes out, not by what the file claims: every part
that is read is first unpacked here under a limit and packed anew: the reader sees bytes that were counted.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

LARGEST_FILE = 10 * 1024 * 1024
MOST_PARTS = 500
LARGEST_UNPACKED = 80 * 1024 * 1024
# A table of numbers packs about tenfold; a megabyte of nothing but zeros packs a thousandfold.
MOST_PACKED, PACKED_MATTERS_FROM = 200, 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 100
# A few lines for headings and gaps; a value further down is no table but an attempt to fill the memory.
LAST_ROW = MOST_ROWS + 1_000
MOST_FORMULAS_NAMED = 100
DATA_SHEET = "Dữ liệu"

NOT_XLSX = (
    "Chỉ nhận tệp Excel .xlsx. Mở tệp trong Excel, chọn Lưu thành (Save As), loại “Excel Workbook (.xlsx)”."
)
OLD_OR_LOCKED = (
    "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Lưu lại thành .xlsx, bỏ mật khẩu, rồi gửi lại."
)
MACROS = "Tệp có macro (.xlsm) không được nhận. Lưu lại thành “Excel Workbook (.xlsx)” rồi gửi lại."
TOO_LARGE = "Tệp lớn hơn 10 MB. Tách thành nhiều tệp, mỗi tệp không quá 20.000 dòng."
BOMB = "Tệp bung ra quá lớn nên không được mở. Chép bảng sang mẫu mới tải từ cổng rồi gửi lại."
BROKEN = "Không đọc được tệp: tệp bị hỏng hoặc không phải Excel. Mở và lưu lại bằng Excel rồi gửi lại."
FORBIDDEN_XML = "Tệp có khai báo XML không được phép (DOCTYPE, ENTITY). Chép bảng sang mẫu mới rồi gửi lại."
NO_SHEET = "Tệp không có trang tính nào."
TOO_MANY_ROWS = "Bảng có hơn 20.000 dòng. Tách thành nhiều tệp."

_KEPT = re.compile(r"(\[Content_Types\]\.xml|_rels/\.rels|xl/.*)\Z")
_LEFT_OUT = re.compile(r"xl/(media|drawings|theme|printerSettings|externalLinks|comments)", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


class Refused(Exception):
    """The file is not read. `messages` say why, in Vietnamese, one a line."""

    def __init__(self, *messages: str):
        self.messages = list(messages)
        super().__init__("; ".join(messages))


@dataclass(frozen=True)
class Table:
    """The sheet with the data: (row number as in Excel, values from column A) of its rows with content."""

    sheet: str
    rows: list[tuple[int, list]]

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of what the cells say, whatever program saved them."""
        hashed = sha256()
        for number, values in self.rows:
            while values and values[-1] in ("", None):
                values = values[:-1]
            hashed.update(repr((number, [str(v) for v in values])).encode())
        return hashed.hexdigest()


def letter(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def checked(name: str, content: bytes) -> bytes:
    """The parts of a workbook that are needed to read it, packed anew; Refused if it is not to be opened."""
    _check_envelope(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Refused(BROKEN) from error
    _check_parts(parts)
    return _packed(parts)


def read(content: bytes) -> Table:
    """The rows of a workbook that `checked` has given back; Refused when there is no table in it."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            name = _data_sheet(book.sheet_names)
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise Refused(BROKEN) from error
    found = [(n, values) for n, values in enumerate(rows, 1) if any(v not in ("", None) for v in values)]
    if len(found) > MOST_ROWS + 1:
        raise Refused(TOO_MANY_ROWS)
    return Table(name, found)


def _check_envelope(name: str, content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(OLD_OR_LOCKED)
    if name.lower().endswith(".xlsm"):
        raise Refused(MACROS)
    if not name.lower().endswith(".xlsx") or content[:4] != b"PK\x03\x04":
        raise Refused(NOT_XLSX)


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that are needed, each counted while it is unpacked."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise Refused(BOMB)
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise Refused(MACROS)
    parts: dict[str, bytes] = {}
    room = LARGEST_UNPACKED
    for entry in entries:
        if not _KEPT.match(entry.filename) or _LEFT_OUT.match(entry.filename) or entry.is_dir():
            continue
        if entry.file_size > PACKED_MATTERS_FROM and entry.file_size > MOST_PACKED * max(
            1, entry.compress_size
        ):
            raise Refused(BOMB)
        with archive.open(entry) as part:
            parts[entry.filename] = part.read(room + 1)
        room -= len(parts[entry.filename])
        if room < 0:
            raise Refused(BOMB)
    return parts


def _check_parts(parts: dict[str, bytes]) -> None:
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise Refused(NOT_XLSX)
    if b"macroenabled" in parts["[Content_Types].xml"].lower():
        raise Refused(MACROS)
    names = _sheet_names(parts)
    formulas: list[str] = []
    for path, content in parts.items():
        if not path.endswith((".xml", ".rels")):
            continue
        found = _Scan().run(content)
        if path.startswith("xl/worksheets/") and path.endswith(".xml"):
            where = names.get(path, "")
            prefix = "" if where in ("", _data_sheet(list(names.values()))) else f"trang “{where}”, "
            formulas += [
                f"Ô {prefix}{cell}: chỉ ghi giá trị, không ghi công thức." for cell in found.formulas
            ]
            if found.too_far:
                raise Refused(f"Ô {found.too_far} nằm ngoài bảng: mỗi tệp không quá 20.000 dòng, 100 cột.")
    if formulas:
        raise Refused(*formulas[:MOST_FORMULAS_NAMED])


@dataclass
class _Scan:
    """One pass over a part: no declarations, no formulas, no cell outside the bounds."""

    formulas: list[str] = field(default_factory=list)
    too_far: str = ""
    row: int = 0
    column: int = -1
    cell: str = ""

    def run(self, content: bytes) -> "_Scan":
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._forbidden
        parser.StartElementHandler = self._start
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Refused(BROKEN) from error
        return self

    def _forbidden(self, *_):
        raise Refused(FORBIDDEN_XML)

    def _start(self, tag, attributes):
        tag = tag.rpartition(":")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self.row = (
                int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else self.row + 1
            )
            self.column = -1
        elif tag == "c":
            self._place(attributes.get("r", ""))
        elif tag == "f":
            self.formulas.append(self.cell)
        elif tag in ("v", "is") and (self.row > LAST_ROW or self.column >= MOST_COLUMNS):
            self.too_far = self.too_far or self.cell

    def _place(self, reference: str) -> None:
        at = _CELL.match(reference)
        if at:
            self.row, self.column = int(at[2]), _number(at[1])
        else:
            self.column += 1
        self.cell = f"{letter(self.column)}{self.row}"


def _number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """{part of the sheet: its name on the tab}, in the order of the tabs."""
    named, targets = {}, {}

    def sheet(tag, attributes):
        if tag.rpartition(":")[2] == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            named[key] = attributes.get("name", "")

    def relation(tag, attributes):
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[attributes.get("Id", "")] = path

    for path, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        parser.StartDoctypeDeclHandler = _Scan()._forbidden
        try:
            parser.Parse(parts.get(path, b"<none/>"), True)
        except expat.ExpatError as error:
            raise Refused(BROKEN) from error
    return {targets[key]: name for key, name in named.items() if key in targets}


def _data_sheet(names: list[str]) -> str:
    if not names:
        raise Refused(NO_SHEET)
    return DATA_SHEET if DATA_SHEET in names else names[0]


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()
