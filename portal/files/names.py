"""The name that a file came with, made fit to be shown and saved: a name must not lie about its kind."""

import re
import unicodedata

LONGEST = 120
# Format characters (Cf) turn text around or hide it: "bien-ban<RLO>fdp.exe" reads as a PDF.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]+')


def clean_name(sent: str, extension: str, fallback: str = "tep") -> str:
    """The last part of a path, without hidden letters, with the extension of what it is."""
    stem = _FORBIDDEN.sub("-", shown_name(sent))
    stem = re.sub(rf"(?:\.{re.escape(extension)})+$", "", stem, flags=re.IGNORECASE)
    stem = re.sub(r"\s+", " ", stem).strip(" .")[: LONGEST - len(extension) - 1].strip(" .")
    return f"{stem or fallback}.{extension}"


def shown_name(sent: str) -> str:
    """The last part of a path as it may be shown to its sender: one line, nothing that turns it around."""
    text = unicodedata.normalize("NFC", sent or "").replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_seen(c))
    return text.strip()[:LONGEST]


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _HIDDEN
