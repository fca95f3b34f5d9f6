"""Files as people send them, and as attackers do. All are made here; none is copied from anywhere."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw, TiffImagePlugin

from portal.files.documents import WORD_MAIN


def scene(seed: int = 0, size=(640, 480)) -> Image.Image:
    """A drawing that differs from seed to seed as much as photographs do."""
    picture = Image.new("RGB", size, ((seed * 67) % 255, 120, 200))
    draw = ImageDraw.Draw(picture)
    for step in range(12):
        x, y = (seed * 193 + step * 97) % size[0], (seed * 71 + step * step * 37) % size[1]
        draw.ellipse((x - 80, y - 60, x + 90, y + 70), fill=((step * 53 + seed) % 255, (step * 91) % 255, 90))
    return picture


def encoded(picture: Image.Image, format: str = "JPEG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def jpeg(seed: int = 0, size=(640, 480), **options) -> bytes:
    return encoded(scene(seed, size), "JPEG", **options)


def jpeg_from_a_phone(seed: int = 0) -> bytes:
    """With the place where it was taken, the phone's name, and lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Điện thoại của cán bộ".encode().decode("latin-1"), 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", tuple(TiffImagePlugin.IFDRational(n) for n in (18, 20, 33))
    place[3], place[4] = "E", tuple(TiffImagePlugin.IFDRational(n) for n in (105, 54, 1))
    return jpeg(seed, exif=exif, comment=b"taken by officer 42")


def bomb_png(side: int = 50_000) -> bytes:
    """2.5 milliard pixels in some 300 kB: whoever decodes it needs gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, row = zlib.compressobj(9), bytes(1 + side // 8)
    pixels = b"".join(packer.compress(row * 500) for _ in range(side // 500)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>fetch('/so-theo-doi/')</script>"


def gif_polyglot() -> bytes:
    """A GIF that is a script as well: GIF89a/*...*/=1;alert(1)."""
    return encoded(scene(), "GIF") + b"*/=1;alert(document.cookie)"


def pdf(text: str = "Kế hoạch") -> bytes:
    body = f"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj % {text}\n".encode()
    tail = f"xref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + tail.encode()


def docx(text: str = "Biên bản", *, parts: dict | None = None, types: bytes = WORD_MAIN) -> bytes:
    """A small Word document; `parts` are added to it or put in place of its own."""
    content = {
        "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType="'
        + types
        + b'"/></Types>',
        "word/document.xml": f"<?xml version='1.0'?><w:document>{text}</w:document>".encode(),
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)  # without the time of now: the same call gives the same file
            package.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
