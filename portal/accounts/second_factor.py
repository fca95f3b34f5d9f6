"""The second step of signing in: a code of an app on the person's phone, or a recovery code from paper.

Devices are django-otp's: it holds the key, refuses a code that was used, and makes who guesses wait, twice as
long each time. Recovery codes are ours: only their digests are kept.
"""

import secrets
from base64 import b32encode
from dataclasses import dataclass

import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts.codes import ALPHABET
from portal.accounts.managing import may_manage
from portal.accounts.models import User
from portal.accounts.recovery import RecoveryCode

CODES = 10


@dataclass(frozen=True)
class Answer:
    """Whether a code was right; else how many seconds to wait before the next try (0: none)."""

    is_right: bool
    wait: int = 0


def is_required(user) -> bool:
    """Those who administer must have a second step; the demo has one password for all and no phones."""
    return not settings.DEMO and user.is_staff


def device_of(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def codes_left(user) -> int:
    return user.recovery_codes.filter(used_at=None).count()


def new_device(user) -> TOTPDevice:
    """The device that is being set up: the same key until it is confirmed, however often one looks."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name="Điện thoại", confirmed=False)


def key_in_groups(device: TOTPDevice) -> str:
    """The key to be typed where no picture can be read: "ABCD EFGH …"."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def picture(device: TOTPDevice) -> str:
    """The QR code as SVG, drawn here: the key goes to nobody else's server."""
    drawn = segno.make(device.config_url, error="m", micro=False)
    looks = {"border": 4, "dark": "#000", "light": "#fff", "svgclass": "qr", "lineclass": None}
    svg = drawn.svg_inline(omitsize=True, **looks)  # with a viewBox: it shrinks on a phone
    return mark_safe(svg.replace("<svg", '<svg width="280" height="280"', 1))


@transaction.atomic
def confirm(*, user, code: str) -> tuple[Answer, list[str]]:
    """Turn the second step on with the first right code: (answer, recovery codes to be shown once)."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    answer = _asked(device, code)
    if not answer.is_right:
        return answer, []
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    _end_sessions(user)
    return answer, new_codes(user)


@transaction.atomic
def verify(*, user, code: str) -> Answer:
    """Judge a code of the app, or a recovery code, which is used up then."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return Answer(False)
    text = "".join(code.split()).lower()
    if text.isascii() and text.isdecimal():
        return _asked(device, text)
    wait = _wait(device)
    if wait:
        return Answer(False, wait)
    known = user.recovery_codes.filter(digest=_digest(user, text), used_at=None)
    if known.update(used_at=timezone.now()):
        device.throttle_reset()
        return Answer(True)
    device.throttle_increment()
    return Answer(False, _wait(device))


def new_codes(user) -> list[str]:
    """Ten new recovery codes in clear, to be shown once; those of before are void."""
    codes = ["-".join(_letters(5) for _ in range(2)) for _ in range(CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return codes


@transaction.atomic
def turn_off(*, user) -> None:
    """By the owner, who has just given a code. Those who must have a second step set one up anew."""
    _forget(user)


@transaction.atomic
def reset(*, user, by) -> None:
    """For who has lost phone and paper: an administrator takes the second step off; never one's own."""
    if user == by or not may_manage(by, user):
        raise PermissionDenied("Đồng chí không quản lý tài khoản này, hoặc đây là tài khoản của mình.")
    _forget(user)


def _forget(user) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()
    _end_sessions(user)


def _end_sessions(user) -> None:
    """Sessions from before knew nothing of the second step, or knew another."""
    User.objects.filter(pk=user.pk).update(access_stamp=F("access_stamp") + 1)
    user.refresh_from_db(fields=["access_stamp"])


def _asked(device: TOTPDevice | None, code: str) -> Answer:
    if device is None:
        return Answer(False)
    wait = _wait(device)
    if wait:
        return Answer(False, wait)
    is_right = device.verify_token("".join(code.split()))
    return Answer(is_right, 0 if is_right else _wait(device))


def _wait(device) -> int:
    allowed, why = device.verify_is_allowed()
    return 0 if allowed else max(1, round((why["locked_until"] - timezone.now()).total_seconds()))


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _digest(user, code: str) -> str:
    bare = code.replace("-", "")
    return salted_hmac(f"portal.accounts.recovery:{user.pk}", bare, algorithm="sha256").hexdigest()
