"""Text made fit for documents: composed, without characters that no format can hold or that deceive."""

import re
import unicodedata

# XML 1.0 knows no control characters but tab and line ends, no U+FFFE/FFFF, no lone halves of pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Invisible characters that turn the reading direction round: "gpj.exe" shown as "exe.jpg".
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` in NFC with plain line ends, without control, turning and non-characters."""
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _TURNING.sub("", _FORBIDDEN.sub("", text)))


def line(text: str) -> str:
    """`text` cleaned onto one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> list[str]:
    """The non-empty lines of `text`, each a paragraph."""
    return [" ".join(part.split()) for part in clean(text).split("\n") if part.strip()]
