"""Two kinds of seal.

Forms: what a sender typed travels through the answers-to-check page in a hidden field that only this server
can open, for a while; nothing of it is kept in a session. Contacts: a sealed box to the public key of the
opener. The web process has no key that opens it.
"""

import base64
import binascii
import hashlib
import json
import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

# Contacts of all lengths look alike.
PADDED_TO = 512
KEY_ID_LENGTH = 16


class Unreadable(Exception):
    """The seal is broken, of another server or purpose, or too old."""


def seal_form(purpose: str, content: dict, *, now: float | None = None) -> str:
    """`content` (JSON values) as text for a hidden field; every call gives another text."""
    stamped = json.dumps([time.time() if now is None else now, content], ensure_ascii=False)
    return base64.urlsafe_b64encode(SecretBox(_form_key(purpose)).encrypt(stamped.encode())).decode()


def open_form(purpose: str, sealed: str, *, max_age: int) -> dict:
    """What was sealed for the same purpose not longer than `max_age` seconds ago; else Unreadable."""
    try:
        opened = SecretBox(_form_key(purpose)).decrypt(base64.urlsafe_b64decode(sealed.encode("ascii")))
    except (CryptoError, ValueError, binascii.Error):
        raise Unreadable from None
    made, content = json.loads(opened)
    if not 0 <= time.time() - made + 60 <= max_age + 60:
        raise Unreadable
    return content


def seal_bytes(key: bytes, content: bytes) -> bytes:
    """A file that waits for its sender's confirmation, under a key that only the hidden field holds."""
    return bytes(SecretBox(key).encrypt(content))


def open_bytes(key: bytes, sealed: bytes) -> bytes:
    try:
        return SecretBox(key).decrypt(bytes(sealed))
    except (CryptoError, ValueError):
        raise Unreadable from None


def new_key() -> bytes:
    return random(SecretBox.KEY_SIZE)


def seal_contact(contact: dict) -> tuple[bytes, str]:
    """The box, padded, and the id of the key that it was made for."""
    key = contact_key()
    data = json.dumps(contact, ensure_ascii=False).encode()
    data += b" " * (-len(data) % PADDED_TO)
    return bytes(SealedBox(key).encrypt(data)), key_id(key)


def open_contact(box: bytes, private: PrivateKey) -> dict:
    """Only for the opener, who holds the private key. Unreadable if the box was made for another."""
    try:
        return json.loads(SealedBox(private).decrypt(bytes(box)))
    except CryptoError:
        raise Unreadable from None


def reseal_contact(box: bytes, old: PrivateKey, new: PublicKey) -> bytes:
    try:
        return bytes(SealedBox(new).encrypt(SealedBox(old).decrypt(bytes(box))))
    except CryptoError:
        raise Unreadable from None


def contact_key() -> PublicKey:
    """The public key of settings.TIP_CONTACT_KEY (hexadecimal)."""
    try:
        return PublicKey(bytes.fromhex(settings.TIP_CONTACT_KEY))
    except (ValueError, TypeError, CryptoError):
        raise ImproperlyConfigured("TIP_CONTACT_KEY must be a public key of 64 hexadecimal digits.") from None


def key_id(key: PublicKey) -> str:
    """Names a public key in the database: the start of its hash."""
    return hashlib.sha256(bytes(key)).hexdigest()[:KEY_ID_LENGTH]


def _form_key(purpose: str) -> bytes:
    return hashlib.blake2b(
        settings.SECRET_KEY.encode(), digest_size=32, person=purpose.encode()[:16]
    ).digest()
