"""The serif of a PDF: the decree's Times New Roman, else one of its metric twins, else the one typst ships.

Every candidate must hold the letters of Vietnamese: old Liberation fonts do not, and a page mixed from two
fonts is ugly and, in capitals, hard to read.
"""

from functools import cache
from pathlib import Path

import typst
from PIL import ImageFont

FAMILIES = ("Times New Roman", "Tinos", "Liberation Serif")
SHIPPED = "Libertinus Serif"
_VARIANTS = {("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)}
_PROBE = "ĂÂĐÊÔƠƯẬẴỖỚỤỸỵ"


@cache
def serif() -> tuple[str, tuple[Path, ...]]:
    """(family, folders to read fonts from); no folder when the family is the one that typst ships."""
    installed = [f for f in typst.Fonts().fonts() if f.path]
    for family in FAMILIES:
        folders = {}
        for font in installed:
            if font.family == family and _speaks_vietnamese(font.path, font.index):
                folders.setdefault(Path(font.path).parent, set()).add((font.style, font.weight))
        for folder, variants in sorted(folders.items()):
            if variants >= _VARIANTS:
                return family, (folder,)
    return SHIPPED, ()


def _speaks_vietnamese(path: str, index: int) -> bool:
    try:
        font = ImageFont.truetype(path, 24, index)
    except OSError:
        return False
    unknown = bytes(font.getmask("\uf8ff"))
    return all(bytes(font.getmask(letter)) != unknown for letter in _PROBE)
