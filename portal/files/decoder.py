"""Decodes one picture and draws it anew, in a process of its own: `python -I decoder.py LIMITS < photo`.

LIMITS is JSON with `pixels`, `side`, `thumbnail`, `memory` (bytes) and `cpu` (seconds). Standard output is
one line of JSON (`error`, or `width`, `height`, `sizes` of the two files, `look`), then the JPEG of the
picture, then that of the thumbnail. What is drawn anew holds pixels only: no EXIF, no place, no comments,
nothing after the end. Imports nothing of the portal, is given no environment, and bounds itself before it
reads a byte.
"""

import io
import itertools
import json
import resource
import sys
import warnings

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
WHITE = (255, 255, 255)


def main() -> None:
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    head, files = answer(sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(files))


def answer(data: bytes, limits: dict) -> tuple[dict, list[bytes]]:
    """The first line and the files. `error` is one of: bomb, format, memory, broken."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = limits["pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = drawn_anew(data, limits["side"])
        thumbnail = picture.copy()
        thumbnail.thumbnail((limits["thumbnail"],) * 2)
        files = [jpeg(picture), jpeg(thumbnail)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"error": "bomb"}, []
    except UnidentifiedImageError:
        return {"error": "format"}, []
    except MemoryError:
        return {"error": "memory"}, []
    except Exception:  # decoders raise whatever a broken file makes them raise
        return {"error": "broken"}, []
    size = {"width": picture.width, "height": picture.height, "sizes": [len(file) for file in files]}
    return size | {"look": look_of(thumbnail)}, files


def drawn_anew(data: bytes, side: int):
    """The first frame, upright, at most `side` pixels long, as plain sRGB on white."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=FORMATS) as source:
        source.draft("RGB", (side, side))  # a JPEG is decoded at a half, a quarter or an eighth of its size
        source.load()
        profile = source.info.get("icc_profile")
        picture = ImageOps.exif_transpose(source)
    factor = max(picture.size) // side
    if factor > 1 and picture.mode not in ("P", "1"):
        picture = picture.reduce(factor)
    picture = flat(to_srgb(picture, profile))
    picture.thumbnail((side, side))
    clean = Image.new("RGB", picture.size, WHITE)
    clean.paste(picture)
    return clean


def to_srgb(picture, profile: bytes | None):
    """Colours of a wide-gamut phone or a printer's CMYK as a screen shows them; odd profiles are dropped."""
    from PIL import ImageCms

    if not profile or picture.mode not in ("RGB", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def flat(picture):
    """RGB, with white where it was transparent."""
    from PIL import Image

    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    white = Image.new("RGB", picture.size, WHITE)
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def jpeg(picture) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def look_of(picture) -> int:
    """The dHash: 64 bits that say where it grows lighter from left to right; alike for alike pictures."""
    from PIL import Image

    cells = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    rows = (cells[start : start + 9] for start in range(0, 72, 9))
    bits = [left < right for row in rows for left, right in itertools.pairwise(row)]
    return sum(bit << place for place, bit in enumerate(bits))


if __name__ == "__main__":
    main()
