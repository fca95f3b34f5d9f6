"""A photograph as it came in -> a JPEG that holds its pixels and nothing else."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.files import sizes
from portal.files.errors import Refused

DECODER = Path(__file__).with_name("decoder.py")
JPEG_START = b"\xff\xd8\xff"
ASK = "Chỉ nhận ảnh JPEG, PNG hoặc WebP."
WORDS = {
    "bomb": f"Ảnh lớn quá {sizes.PHOTO_PIXELS // 1_000_000} triệu điểm ảnh. Hãy thu nhỏ rồi gửi lại.",
    "format": f"Tệp này không phải ảnh, dù tên có thể giống ảnh. {ASK}",
    "heic": f"Ảnh HEIC của điện thoại chưa dùng được. Hãy lưu hoặc gửi lại dưới dạng JPEG. {ASK}",
    "memory": "Ảnh cần quá nhiều bộ nhớ để mở. Hãy thu nhỏ rồi gửi lại.",
    "broken": "Ảnh bị hỏng hoặc bị cắt cụt khi tải lên. Hãy gửi lại tệp gốc.",
    "empty": "Tệp rỗng.",
}


@dataclass(frozen=True)
class Picture:
    """`jpeg`, `thumbnail`: files; `look`: 64-bit dHash, signed as the database keeps it."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    look: int


def picture_of(data: bytes, *, seconds: float = sizes.DECODER_WALL_S) -> Picture:
    """Decode and draw anew within bounds of memory and time. Raises Refused."""
    if not data:
        raise Refused(WORDS["empty"])
    if len(data) > sizes.PHOTO_BYTES:
        raise Refused(f"Ảnh lớn quá {sizes.PHOTO_BYTES // sizes.MB} MB.")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        raise Refused(WORDS["heic"])
    head, files = _decoded(data, seconds)
    if "error" in head:
        raise Refused(WORDS[head["error"]])
    picture, thumbnail = files[: head["sizes"][0]], files[head["sizes"][0] :]
    if not (picture.startswith(JPEG_START) and thumbnail.startswith(JPEG_START)):
        raise Refused(WORDS["broken"])
    return Picture(picture, thumbnail, head["width"], head["height"], _signed(head["look"]))


def _decoded(data: bytes, seconds: float) -> tuple[dict, bytes]:
    bounds = {
        "pixels": sizes.PHOTO_PIXELS,
        "side": sizes.PHOTO_SIDE,
        "thumbnail": sizes.THUMBNAIL_SIDE,
        "memory": sizes.DECODER_MEMORY,
        "cpu": sizes.DECODER_CPU_S,
    }
    command = [sys.executable, "-I", str(DECODER), json.dumps(bounds)]
    wall = max(1.0, min(seconds, sizes.DECODER_WALL_S))
    try:
        done = subprocess.run(command, input=data, capture_output=True, env={}, timeout=wall)
    except subprocess.TimeoutExpired:
        return {"error": "memory"}, b""
    line, _, files = done.stdout.partition(b"\n")
    # Killed by its own bounds, or by a fault in a C library: no answer is an answer.
    return (json.loads(line), files) if done.returncode == 0 and line else ({"error": "broken"}, b"")


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits
