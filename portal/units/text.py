"""Vietnamese text: one form to store, one to search by, one to sort by."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"\d+|[^\W\d_]+", re.UNICODE)
# "đ" has no decomposition, so no mark can be taken off it; capital "Đ" is lowered first.
_STROKE = str.maketrans("đ", "d")
# "M'Drắk" is typed with any apostrophe or none; a dash joins two names like a space ("Bà Rịa - Vũng Tàu").
_MARKS = str.maketrans(dict.fromkeys("'’‘ʼ`´") | dict.fromkeys("-–—‑", " "))
# Dictionary order of the tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# "~" is above every ASCII letter: "a~" stands after "a" with anything behind it, and before "b".
_LETTERS = {"ă": "a~", "â": "a~~", "đ": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}


def nfc(text: str) -> str:
    """The one form in which text is stored: composed (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """What a search compares: lower case, no marks, đ as d, no apostrophes, dashes and spaces as one space.

    "Thái Hoà", "THÁI HÒA" and "thai  hoa" are all "thai hoa", composed or not. Folding twice changes nothing.
    """
    lowered = unicodedata.normalize("NFD", text).lower()
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", bare.translate(_STROKE).translate(_MARKS))).strip()


def vietnamese_sort_key(text: str) -> str:
    """An ASCII key in Vietnamese dictionary order, to be compared byte by byte (collation "C").

    Syllable by syllable: the letters (a ă â b c d đ e ê …), then the tone (a à ả ã á ạ). Numbers sort by
    their value, so that "Tổ dân phố 2" stands before "Tổ dân phố 10"; punctuation does not count.
    """
    return "".join(_syllable_key(word) for word in _WORDS.findall(nfc(text).lower()))


# Vietnamese has few syllables; whole lists are sorted by them.
@lru_cache(maxsize=8192)
def _syllable_key(word: str) -> str:
    if word.isdigit():
        return f"{_plain_number(word)} 0"
    letters, tone = "", ""
    for letter in word:
        base, marks = _without_tone(letter)
        tone += marks
        letters += _LETTERS.get(base) or _ascii(base)
    # A space is below every letter: a shorter syllable stands before a longer one, whatever its tone.
    return f"{letters} {tone or '0'}"


def _without_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(_TONES.get(c, "") for c in parts)
    return nfc("".join(c for c in parts if c not in _TONES)), tones


def _plain_number(word: str) -> str:
    return "".join(str(unicodedata.digit(c, 0)) for c in word).lstrip("0").zfill(12)


def _ascii(letter: str) -> str:
    """A letter of another alphabet: without its marks if that is ASCII, else after all of ours."""
    bare = unicodedata.normalize("NFKD", letter)[:1]
    return bare if bare.isascii() else f"~{ord(letter):06x}"


def whole_number(text: str, digits: int = 18) -> int | None:
    """The number that an address or a hidden field names; None for anything that is no id of a row."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
