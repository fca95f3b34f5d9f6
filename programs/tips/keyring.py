"""Where the opener's private keys come from. Only its own process reads them: they are no setting."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from programs.tips.opening import KeyRing

# The demo's: everyone has it, and production refuses its public half.
DEMO_PRIVATE_KEY = "ae1b0f7ee7f76d47c2912329024c2dd40b4fdfe8b451aa0cca4f1f58f20be1ee"
MISSING = (
    "Thiếu TIP_OPENER_KEYS (hoặc TIP_OPENER_KEYS_FILE): khóa riêng, 64 chữ số hệ 16, cách nhau bằng dấu phẩy."
)


def key_ring() -> KeyRing:
    """The keys of TIP_OPENER_KEYS, or of the file that TIP_OPENER_KEYS_FILE names. Raises CommandError."""
    file = os.environ.get("TIP_OPENER_KEYS_FILE")
    text = Path(file).read_text() if file else os.environ.get("TIP_OPENER_KEYS", "")
    texts = [part for part in text.replace(",", " ").split() if part]
    if not texts and settings.DEMO:
        texts = [DEMO_PRIVATE_KEY]
    try:
        ring = KeyRing.of(texts)
    except (ValueError, TypeError):
        raise CommandError(MISSING) from None  # not the text itself: it is a key
    if not ring.keys:
        raise CommandError(MISSING)
    return ring
