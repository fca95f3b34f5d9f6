"""Slowing robots down without keeping an address.

Counts live in the memory of a web process under a keyed hash; the key is drawn anew every day and written
nowhere, so that no backup, dump or restart holds who came. Each address counts for itself: a busy one shuts
nobody else out. Behind deploy/nginx the portal does not learn the address at all; there nginx does the
slowing down, in its memory, and this counts nobody.
"""

import hashlib
import os
import threading
import time
from collections import OrderedDict
from ipaddress import ip_network

from django.conf import settings

from portal.access.addresses import _is_our_proxy, _parsed, client_address

WINDOW_S = 3600
# Behind one address may be a whole village on one mobile network.
LIMITS = {"send": 30, "code": 60}
MOST_COUNTED = 20_000
SUBSCRIBER_PREFIX = 64


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
    return _throttle.allows(what, _network(address))


def _network(address: str | None) -> str | None:
    """What one subscriber has: an IPv4 address, or 2^64 addresses of IPv6."""
    if address is None or ":" not in address:
        return address
    return str(ip_network(f"{address}/{SUBSCRIBER_PREFIX}", strict=False))
