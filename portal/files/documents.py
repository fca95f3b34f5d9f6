"""What an evidence file is, judged by its content: a PDF or a Word document without macros."""

import io
import re
import struct
import zipfile
import zlib

from portal.files import sizes
from portal.files.errors import Refused

PDF, DOCX = "pdf", "docx"
CONTENT_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WORD_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER = "Chỉ nhận tài liệu PDF hoặc Word (.docx). Tệp này không phải, dù tên có thể giống."
OLD_WORD = "Tệp Word kiểu cũ (.doc) hoặc có mật khẩu. Hãy mở bằng Word, lưu lại dạng .docx hoặc PDF rồi gửi."
CUT = "Tệp bị hỏng hoặc bị cắt cụt khi tải lên. Hãy gửi lại tệp gốc."
MACROS = "Tài liệu Word có macro, có thể chứa mã độc, không nhận. Hãy lưu lại dạng .docx hoặc PDF."
OUTSIDE = "Tài liệu Word gọi mẫu từ máy khác, có thể chứa mã độc, không nhận. Hãy lưu lại dạng PDF."
BOMB = "Tài liệu Word nén bất thường, không mở. Hãy lưu lại dạng PDF."
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS, MOST_DIRECTORY, MOST_UNPACKED = 4000, 512 * 1024, 400 * sizes.MB
MOST_READ = 2 * sizes.MB
_TEMPLATE_OUTSIDE = re.compile(rb"attachedTemplate", re.IGNORECASE)
_REMOTE = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|mhtml:|\\\\|file://[^/])", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """PDF or DOCX. Raises Refused, in words."""
    if not data:
        raise Refused("Tệp rỗng.")
    if len(data) > sizes.DOCUMENT_BYTES:
        raise Refused(f"Tài liệu lớn quá {sizes.DOCUMENT_BYTES // sizes.MB} MB.")
    if data.startswith(b"%PDF-"):
        _check_pdf(data)
        return PDF
    if data.startswith(b"PK\x03\x04"):
        _check_docx(data)
        return DOCX
    raise Refused(OLD_WORD if data.startswith(OLE_START) else OTHER)


def _check_pdf(data: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", data):
        raise Refused(OTHER)
    if b"%%EOF" not in data[-2048:] or b"startxref" not in data[-4096:]:
        raise Refused(CUT)


def _check_docx(data: bytes) -> None:
    _bound_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package)
            _check_templates(package)
    except (zipfile.BadZipFile, zlib.error, struct.error, KeyError, OSError, EOFError, ValueError) as error:
        raise Refused(CUT) from error
    except (NotImplementedError, RuntimeError) as error:  # compressed or encrypted in a way Word never does
        raise Refused(OTHER) from error


def _bound_directory(data: bytes) -> None:
    """The list of parts is small: refuse a huge one before it is read into memory."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        raise Refused(CUT)
    count, size = struct.unpack("<HI", data[end + 10 : end + 16])
    if count > MOST_PARTS or size > MOST_DIRECTORY or b"PK\x06\x07" in data[end - 20 : end]:
        raise Refused(BOMB)


def _check_parts(package: zipfile.ZipFile) -> None:
    names = {info.filename for info in package.infolist()}
    lowered = {name.lower() for name in names}
    if any(
        info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in package.infolist()
    ):
        raise Refused(OTHER)
    if sum(info.file_size for info in package.infolist()) > MOST_UNPACKED:
        raise Refused(BOMB)
    if any(name.endswith("vbaproject.bin") or "/activex/" in name for name in lowered):
        raise Refused(MACROS)
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise Refused(OTHER)
    types = _read(package, "[Content_Types].xml")
    if b"macroEnabled" in types:
        raise Refused(MACROS)
    if WORD_MAIN not in types:
        raise Refused(OTHER)
    if not _read(package, "word/document.xml", 200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise Refused(CUT)


def _check_templates(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if name.lower() == "word/_rels/settings.xml.rels":
            relations = _read(package, name)
            if _TEMPLATE_OUTSIDE.search(relations) and _REMOTE.search(relations):
                raise Refused(OUTSIDE)


def _read(package: zipfile.ZipFile, name: str, most: int = MOST_READ) -> bytes:
    with package.open(name) as part:
        return part.read(most)
