"""Slowing robots down without keeping an address.

Counts live in the memory of the web process under a keyed hash; the key is drawn anew every day and written
nowhere, so that no backup, dump or restart holds who came. A proxy that hides the address from the portal has
to limit by itself before pages for senders open: deploy/nginx does not do so yet.
"""

import hashlib
import os
import threading
import time
from collections import OrderedDict

from django.conf import settings

from portal.access.addresses import _is_our_proxy, _parsed, client_address

WINDOW_S = 3600
# Behind one address may be a whole village on one mobile network.
LIMITS = {"send": 30, "code": 60}
MOST_COUNTED = 20_000


class Throttle:
    """At most LIMITS[what] an hour for each address; strangers without an address are not counted."""

    def __init__(self):
        self._lock = threading.Lock()
        self._day, self._key = None, b""
        self._counts: OrderedDict[bytes, int] = OrderedDict()

    def allows(self, what: str, address: str | None, *, now: float | None = None) -> bool:
        """Count one more try; False when it is one too many."""
        if address is None:
            return True
        now = time.time() if now is None else now
        with self._lock:
            key = self._hashed(what, address, now)
            count = self._counts[key] = self._counts.pop(key, 0) + 1
            if len(self._counts) > MOST_COUNTED:
                self._counts.popitem(last=False)
        return count <= LIMITS[what]

    def _hashed(self, what: str, address: str, now: float) -> bytes:
        day = int(now // 86400)
        if day != self._day:
            self._day, self._key = day, os.urandom(32)
            self._counts.clear()
        text = f"{what}|{int(now // WINDOW_S)}|{address}".encode()
        return hashlib.blake2b(text, key=self._key, digest_size=16).digest()


_throttle = Throttle()


def allows(request, what: str) -> bool:
    """Whether this request may go on. A proxy of ours stands for everybody: it is not counted."""
    address = client_address(request)
    if address and settings.TRUSTED_PROXIES and _is_our_proxy(_parsed(address)):
        address = None
    return _throttle.allows(what, address)
