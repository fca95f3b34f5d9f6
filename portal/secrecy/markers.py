"""Signs that a text was copied from a document under state secrecy: its stamp, or the field of its degree.

A sign stops and asks, it proves nothing; a text without one may be secret all the same. Looked for are the
stamps MẬT, TỐI MẬT, TUYỆT MẬT as whole words in capitals, also spaced out ("M Ậ T"), tối mật and tuyệt mật in
any case, "độ mật", "dấu mật", and "Mật" alone on its line. "Bí mật", "bảo mật", "mật khẩu", "mật ong" and
their like are ordinary words, in capitals as well.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Letters that some machines put between others, to be seen by nobody.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_GAP = r"[\s.\-–—_·*|/]{0,3}"
_NOT_BEFORE, _NOT_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
# What follows or comes before makes another word of it: mật khẩu, mật độ, bí mật, ngọt mật …
_AFTER = (
    "khẩu|ong|mã|độ|thiết|thám|ngữ|danh|mía|hoa|ngọt|bài|lệnh|báo|vụ|đàm|nghị|hiệu|tông|gấu|rắn|phục|rừng"
)
_BEFORE = "bí|bảo|cơ|hảo|rậm|túi|ống|sỏi|thân|nồng|cẩn|niêm|ngọt"
_OTHER_WORD = rf"(?!\s+(?:{_AFTER})\b)"
SIGNS = (
    # Letter by letter, with something between them: nobody writes so but to stamp, or to hide a stamp.
    ("MẬT", re.compile(rf"{_NOT_BEFORE}M[\s.\-–—_·*|/]{{1,3}}Ậ{_GAP}T{_NOT_AFTER}")),
    ("MẬT", re.compile(rf"{_NOT_BEFORE}M{_GAP}Ậ[\s.\-–—_·*|/]{{1,3}}T{_NOT_AFTER}")),
    ("TUYỆT MẬT", re.compile(rf"{_NOT_BEFORE}tuyệt\s*mật{_NOT_AFTER}{_OTHER_WORD}", re.IGNORECASE)),
    ("TUYỆT MẬT", re.compile(rf"{_NOT_BEFORE}TUYET\s*MAT{_NOT_AFTER}")),
    ("TỐI MẬT", re.compile(rf"{_NOT_BEFORE}tối\s*mật{_NOT_AFTER}{_OTHER_WORD}", re.IGNORECASE)),
    ("Độ mật", re.compile(rf"{_NOT_BEFORE}độ\s+mật{_NOT_AFTER}{_OTHER_WORD}", re.IGNORECASE)),
    ("Dấu mật", re.compile(rf"{_NOT_BEFORE}dấu\s+mật{_NOT_AFTER}{_OTHER_WORD}", re.IGNORECASE)),
    ("MẬT", re.compile(r"^[\s\W]*mật[\s\W]*$", re.IGNORECASE | re.MULTILINE)),
    ("MẬT", re.compile(rf"{_NOT_BEFORE}MẬT{_NOT_AFTER}(?!\s+(?i:{_AFTER})\b)")),
)
_COMMON_BEFORE = re.compile(rf"(?<![^\W_])(?:{_BEFORE})\s+$", re.IGNORECASE)
_END = re.compile(r"[.!?;\n]")
LONGEST = 160  # of the sentence that is shown


@dataclass(frozen=True)
class Sign:
    """One sign: what it looks like, and the words around it (`before`, `words`, `after` as they stand)."""

    name: str
    before: str
    words: str
    after: str

    @property
    def marked(self) -> SafeString:
        return format_html("{}<mark>{}</mark>{}", self.before, self.words, self.after)


def signs_in(text: str) -> list[Sign]:
    """The signs of a text, in its order, each place once."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    found: dict[int, Sign] = {}
    taken: list[range] = []
    for name, pattern in SIGNS:
        for match in pattern.finditer(text):
            if _is_other_word(text, match) or any(match.start() in r or match.end() - 1 in r for r in taken):
                continue
            taken.append(range(match.start(), match.end()))
            found[match.start()] = _sign(name, text, match)
    return [found[place] for place in sorted(found)]


def _is_other_word(text: str, match: re.Match) -> bool:
    """Whether the word before "mật" makes an ordinary word of it."""
    return match.group().strip().lower() == "mật" and bool(_COMMON_BEFORE.search(text[: match.start()]))


def _sign(name: str, text: str, match: re.Match) -> Sign:
    before, after = text[: match.start()], text[match.end() :]
    ends = [end.end() for end in _END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    stop = _END.search(after)
    after = after[: stop.start()] if stop else after
    return Sign(name, before.lstrip()[-LONGEST:], match.group().strip(), after.rstrip()[:LONGEST])


@dataclass(frozen=True)
class Found:
    """The signs in one field of a form."""

    label: str
    signs: tuple[Sign, ...]


def found_in(texts: Iterable[tuple[str, str]]) -> list[Found]:
    """Of (label, text) pairs those with signs in them."""
    judged = ((label, tuple(signs_in(text))) for label, text in texts)
    return [Found(label, signs) for label, signs in judged if signs]


def key_of(found: list[Found]) -> str:
    """Names what was found, so that other words are asked anew; tells nothing of the words themselves."""
    words = "\0".join(f"{each.label}\0{s.before}{s.words}{s.after}" for each in found for s in each.signs)
    return "secret:" + hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).hexdigest()[:32]


def told(found: list[Found]) -> SafeString:
    """What a person is asked about, with the places marked."""
    where = format_html_join("", "<br>{}: “{}”", ((e.label, sign.marked) for e in found for sign in e.signs))
    return format_html(
        "Nội dung có dấu hiệu bí mật nhà nước. Hệ thống này không được chứa bí mật nhà nước: "
        "nếu đúng là tin mật, xóa ngay khỏi biểu mẫu.{}",
        where,
    )
