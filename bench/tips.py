"""Two hundred people send a tip at the same moment: nothing is lost; and guessing tells nothing.

The codes cost what they cost in use (scrypt, 16 MiB). Beside it an empty view of the same server, because the
machine's other work hits both alike. Wrong secrets and unknown locators must take the same time.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_bytes
from statistics import median, quantiles
from threading import Barrier

SENDERS, WORKERS, TRIES = 200, 2, 150
SCRYPT_N = 2**14
# A submission may cost as much as so many empty views.
MOST_TIMES, MOST_DIFFERENCE = 40, 0.1
urlpatterns = []


def served():
    """The portal with an empty view beside it; gunicorn calls this."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import include, path

    settings.ROOT_URLCONF, settings.TIP_SCRYPT_N = "bench.tips", SCRYPT_N
    urlpatterns[:] = [path("empty", lambda request: HttpResponse("")), path("", include("portal.urls"))]
    return get_wsgi_application()


def main() -> bool:
    """Print submissions/s and p95 beside the empty view, and how long guesses take; False if one breaks."""
    from django.conf import settings

    settings.TIP_SCRYPT_N = SCRYPT_N
    with tempfile.TemporaryDirectory() as folder:
        kept = _measure_senders(Path(folder))
    return all([kept, _measure_guesses()])


def _measure_senders(folder: Path) -> bool:
    process, address = _start(folder)
    try:
        empty = _at_once([lambda: urllib.request.urlopen(f"{address}/empty").read()] * SENDERS)
        senders = [_ready_to_send(address, number) for number in range(SENDERS)]
        sending = _at_once([sender.finish for sender in senders])
    finally:
        process.terminate()
        process.wait()
    _told("empty view", *empty)
    _told("submissions", *sending)
    times = sending[0] / empty[0]
    print(f"a submission costs as much as {times:.0f} empty views (at most {MOST_TIMES})")
    return _nothing_lost(senders) and times <= MOST_TIMES


def _start(folder: Path):
    from tests.programs.tips.public.served import Served

    # Each sender comes from an address of its own, as the proxy would say.
    portal = Served(folder, TRUSTED_PROXIES="127.0.0.1")
    command = [sys.executable, "-m", "gunicorn", "bench.tips:served()", f"--bind=127.0.0.1:{portal.port}"]
    command += [f"--workers={WORKERS}", "--no-control-socket"]
    with open(portal.log, "ab") as log:
        portal.process = subprocess.Popen(command, env=portal.environment, stdout=log, stderr=log)
    portal._wait()
    return portal.process, portal.address


def _ready_to_send(address: str, number: int):
    from tests.programs.tips.public.sender import Sender
    from tests.programs.tips.public.served import Http

    sender = Sender(Http(address, {"X-Forwarded-For": f"10.1.0.{number}"}))
    sender.begin()
    sender.tell(contact_phone="0912 345 678")
    return sender


def _at_once(calls: list) -> tuple[float, list[float]]:
    """(seconds for all, seconds of each), all begun at the same moment."""
    barrier = Barrier(len(calls))

    def timed(call):
        barrier.wait()
        begun = time.perf_counter()
        call()
        return time.perf_counter() - begun

    with ThreadPoolExecutor(len(calls)) as pool:
        begun = time.perf_counter()
        each = list(pool.map(timed, calls))
    return time.perf_counter() - begun, each


def _told(what: str, whole: float, each: list[float]) -> None:
    rate, p95 = len(each) / whole, quantiles(each, n=20)[-1]
    print(f"{what}: {len(each)} at once in {whole:.1f} s, {rate:,.0f}/s, p95 {p95:.2f} s", flush=True)


def _nothing_lost(senders: list) -> bool:
    from programs.tips import codes, following
    from programs.tips.models import SealedContact, Tip

    opened = [following.tip_of(codes.parse(sender.code)) for sender in senders if sender.code]
    different = len({tip.pk for tip in opened if tip})
    tips, contacts = Tip.objects.count(), SealedContact.objects.count()
    print(f"kept: {tips} tips, {contacts} contacts; {different} opened by their codes")
    return SENDERS == different == tips == contacts


def _measure_guesses() -> bool:
    from programs.tips import codes
    from programs.tips.models import Tip

    known = list(Tip.objects.values_list("locator", flat=True))
    free = [locator for locator in range(65536) if locator not in set(known)]
    seconds = {"wrong secret": [], "unknown locator": []}
    for number in range(TRIES):  # in turn, so that the machine's other work hits both alike
        for name, locators in (("wrong secret", known), ("unknown locator", free)):
            code = codes.Code(locators[number % len(locators)], token_bytes(8))
            seconds[name].append(_seconds_of(code))
    for name, each in seconds.items():
        tenths = [f"{1000 * value:.1f}" for value in quantiles(each, n=10)]
        print(f"{name}: deciles {' '.join(tenths)} ms")
    wrong, unknown = (median(each) for each in seconds.values())
    print(f"medians differ by {abs(wrong / unknown - 1):.1%} (at most {MOST_DIFFERENCE:.0%})")
    return abs(wrong / unknown - 1) <= MOST_DIFFERENCE


def _seconds_of(code) -> float:
    from programs.tips.following import tip_of

    begun = time.perf_counter()
    assert tip_of(code) is None
    return time.perf_counter() - begun
