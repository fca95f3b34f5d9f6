"""A small question that people answer at once and simple robots do not. No picture, no script."""

import secrets

from programs.tips import sealing

PURPOSE = "tip-question"
KEPT_S = 12 * 3600
WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ALSO = {"tư": 4, "bẩy": 7}


def new_question() -> tuple[str, str]:
    """(the question, its answer sealed for a hidden field)."""
    total = secrets.randbelow(7) + 4
    first = secrets.randbelow(total - 2) + 1
    text = f"{WORDS[first].capitalize()} cộng {WORDS[total - first]} bằng mấy?"
    return text, sealing.seal_form(PURPOSE, {"answer": total})


def is_right(sealed: str, answer: str) -> bool:
    """In digits or in words."""
    try:
        expected = sealing.open_form(PURPOSE, sealed, max_age=KEPT_S)["answer"]
    except sealing.Unreadable:
        return False
    return _number(answer) == expected


def _number(text: str) -> int | None:
    text = " ".join(text.lower().split())[:20]
    if text.isascii() and text.isdecimal():
        return int(text)
    return WORDS.index(text) if text in WORDS else _ALSO.get(text)
