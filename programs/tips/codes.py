"""The code that a sender gets: 80 bits as ten syllables in five groups, such as "bam-khoi thua-meo …".

The syllables are read aloud alike in all parts of the country: no d/gi/r, s/x, tr/ch, l/n pairs, no final
n/ng, t/c. They are written without tone or vowel marks and may be typed with or without hyphens, spaces and
đ. The first group (16 bits) is the locator, by which the row is found; the other 64 are the secret, of which
the database keeps a scrypt hash only.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from django.conf import settings

from portal.units.text import fold

INITIALS = ("b", "c", "ch", "đ", "g", "h", "kh", "l", "m", "nh", "ng", "ph", "t", "th", "v", "x")
RHYMES = ("a", "e", "i", "o", "u", "ai", "ao", "eo", "oi", "ui", "ia", "ua", "am", "im", "om", "um")
SYLLABLES, LOCATOR_BYTES, SECRET_BYTES = 10, 2, 8
# Written as the language writes them before e and i; read back either way.
BEFORE_E_AND_I = {"c": "k", "g": "gh", "ng": "ngh"}
_SPELT = {"k": "c", "gh": "g", "ngh": "ng", "d": "đ"}
_ONE = re.compile(
    r"(ngh|ng|nh|ch|gh|kh|ph|th|b|c|k|d|g|h|l|m|t|v|x)"
    # An m before a vowel begins the next syllable: every syllable has an initial.
    r"(ai|ao|am(?![aeiou])|a|eo|e|ia|im(?![aeiou])|i|oi|om(?![aeiou])|o|ua|ui|um(?![aeiou])|u)"
)
SALT_BYTES = 16
LONGEST = 200


@dataclass(frozen=True)
class Code:
    """`locator` 0..65535 and the 8 bytes of the secret."""

    locator: int
    secret: bytes

    def __str__(self):
        """In five groups: "bam-khoi thua-meo …"."""
        data = self.locator.to_bytes(LOCATOR_BYTES) + self.secret
        spoken = [_syllable(byte) for byte in data]
        return " ".join(f"{a}-{b}" for a, b in zip(spoken[::2], spoken[1::2], strict=True))

    def __repr__(self):
        return "Code(…)"

    @property
    def groups(self) -> list[str]:
        return str(self).split(" ")


def new_code() -> Code:
    """A code from the operating system's randomness."""
    return from_bytes(secrets.token_bytes(LOCATOR_BYTES + SECRET_BYTES))


def from_bytes(data: bytes) -> Code:
    return Code(int.from_bytes(data[:LOCATOR_BYTES]), data[LOCATOR_BYTES:])


def to_bytes(code: Code) -> bytes:
    return code.locator.to_bytes(LOCATOR_BYTES) + code.secret


def parse(text: str) -> Code | None:
    """What was typed, with or without marks, hyphens, spaces, capitals; None if it is no code."""
    letters = re.sub(r"[^a-z]", "", fold(text[:LONGEST]))
    found = []
    at = 0
    while at < len(letters):
        match = _ONE.match(letters, at)
        if match is None:
            return None
        found.append(_byte(*match.groups()))
        at = match.end()
    return from_bytes(bytes(found)) if len(found) == SYLLABLES else None


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def hashed(secret: bytes, salt: bytes) -> bytes:
    """32 bytes of scrypt; 128 * r * n bytes of memory: 16 MiB as set."""
    return hashlib.scrypt(secret, salt=salt, n=settings.TIP_SCRYPT_N, r=8, p=1, dklen=32, maxmem=2**26)


def same(a: bytes, b: bytes) -> bool:
    return hmac.compare_digest(a, b)


def _syllable(byte: int) -> str:
    initial, rhyme = INITIALS[byte >> 4], RHYMES[byte & 15]
    return (BEFORE_E_AND_I.get(initial, initial) if rhyme[0] in "ei" else initial) + rhyme


def _byte(initial: str, rhyme: str) -> int:
    initial = _SPELT.get(initial, initial)
    return INITIALS.index(initial) << 4 | RHYMES.index(rhyme)
