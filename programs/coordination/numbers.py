"""Numbers of documents (số, ký hiệu), which people write in many ways: one key for all ways of one number."""

import re

from portal.units.columns import DerivedField
from portal.units.text import fold

# What stands for the kind of document, with or without "phối hợp" in it: "09/CTr", "09/CTrPH", "09/CT-PH".
_SAME = {
    "ctrph": "ctr",
    "ctph": "ctr",
    "ctphoihop": "ctr",
    "chuongtrinh": "ctr",
    "khph": "kh",
    "kehoach": "kh",
    "qcph": "qc",
    "quyche": "qc",
    "nqlt": "nq",
    "ttlt": "tt",
}
_FILLERS = {"so", "ph"}
_PARTS = re.compile(r"[^\W_]+")
# Keyboards and scanners give the Icelandic letter that looks the same.
_ETH = str.maketrans({"\u00d0": "Đ"})


def code_key(text: str) -> str:
    """ "09/CTr-BCA-MTTW" and "9/CTrPH/BCA - MTTW" -> " 9 ctr bca mttw ". Empty for a text without parts.

    Spaces around it, so that a part is found whole: " 9 " is no part of " 2009 ".
    """
    parts = [_part(part) for part in _PARTS.findall(fold(text.translate(_ETH)))]
    kept = [part for part in parts if part not in _FILLERS]
    return f" {' '.join(kept)} " if kept else ""


def code_parts(text: str) -> list[str]:
    """The parts of a number, each with spaces around it, for `contains` one by one."""
    return [f" {part} " for part in code_key(text).split()]


def _part(part: str) -> str:
    if part.isdecimal():
        return str(int(part)) if part.isascii() else part
    return _SAME.get(part, part)


class CodeKeyField(DerivedField):
    """The key of a number of a document, and of its other ways of writing where `of` gives several lines."""

    def derive(self, text):
        return code_key(text)
