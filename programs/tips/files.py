"""Files that come with a tip: judged by their content, bounded, photographs drawn anew without metadata."""

from dataclasses import dataclass

from portal.files.errors import Refused
from portal.files.pictures import picture_of
from programs.tips.errors import BadFile

MOST_FILES = 5
LARGEST = 8 * 2**20
JPEG = "image/jpeg"
# What begins so, is so; anything else is not taken. Offset, bytes, media type, what its name ends with.
DOCUMENTS = (
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
)
SUFFIXES = {JPEG: "jpg", "application/pdf": "pdf", "video/mp4": "mp4", "audio/mpeg": "mp3"}
LABELS = {JPEG: "Ảnh", "application/pdf": "Tài liệu PDF", "video/mp4": "Video", "audio/mpeg": "Ghi âm"}
TOO_LARGE = "Tệp lớn hơn 8 MB. Chọn tệp nhỏ hơn, hoặc quay ngắn lại."


@dataclass(frozen=True)
class Prepared:
    """What is kept of a file: not its name."""

    media_type: str
    content: bytes


def prepared(upload) -> Prepared:
    """An uploaded file ready to be kept. Raises BadFile."""
    if upload.size > LARGEST:
        raise BadFile(TOO_LARGE)
    data = upload.read()
    for offset, start, media_type in DOCUMENTS:
        # HEIC photographs begin like MP4; Pillow cannot clean them, and they say where they were taken.
        if data[offset : offset + len(start)] == start and data[8:12] not in (b"heic", b"heix", b"mif1"):
            return Prepared(media_type, data)
    return Prepared(JPEG, drawn_anew(data))


def drawn_anew(data: bytes) -> bytes:
    """A JPEG of the picture alone: no place, no device, no thumbnail, no comment. Raises BadFile."""
    try:
        return picture_of(data).jpeg
    except Refused as refusal:
        raise BadFile(refusal.message) from None


def download_name(tip: int, number: int, media_type: str) -> str:
    return f"nguon-tin-{tip}-tep-{number}.{SUFFIXES.get(media_type, 'bin')}"
