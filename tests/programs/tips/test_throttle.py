"""Counting who comes without keeping who came."""

from django.test import RequestFactory

from programs.tips import throttle
from programs.tips.throttle import LIMITS, Throttle, allows

NOON = 86400.0 * 20_000 + 43_200


def used_up(counter: Throttle, address: str, now: float = NOON) -> bool:
    for _ in range(LIMITS["send"]):
        assert counter.allows("send", address, now=now)
    return not counter.allows("send", address, now=now)


def test_a_busy_address_stops_itself_alone():
    counter = Throttle()
    assert used_up(counter, "203.0.113.9")
    assert counter.allows("send", "203.0.113.10", now=NOON)
    assert counter.allows("code", "203.0.113.9", now=NOON), "following is counted apart"
    assert counter.allows("send", "203.0.113.9", now=NOON + throttle.WINDOW_S), "for an hour"
    assert counter.allows("send", None, now=NOON)


def test_no_address_is_kept_and_the_key_goes_every_day():
    counter = Throttle()
    counter.allows("send", "203.0.113.9", now=NOON)
    kept = b" ".join(counter._counts)
    assert b"203.0.113" not in kept and bytes([203, 0, 113, 9]) not in kept
    key = counter._key
    counter.allows("send", "203.0.113.9", now=NOON + 86_400)
    assert counter._key != key and len(counter._counts) == 1, "yesterday's hashes go with their key"
    again = Throttle()
    again.allows("send", "203.0.113.9", now=NOON)
    assert kept not in b" ".join(again._counts), "another process cannot tell whether it is the same"


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(throttle, "MOST_COUNTED", 50)
    counter = Throttle()
    for number in range(200):
        counter.allows("send", f"10.0.0.{number}", now=NOON)
    assert len(counter._counts) == 50


def test_a_subscriber_of_ipv6_counts_once(monkeypatch):
    monkeypatch.setattr(throttle, "_throttle", Throttle())
    monkeypatch.setitem(LIMITS, "send", 2)
    tries = [RequestFactory(REMOTE_ADDR=f"2001:db8:1:2::{n}").post("/") for n in range(3)]
    assert [allows(request, "send") for request in tries] == [True, True, False]
    assert allows(RequestFactory(REMOTE_ADDR="2001:db8:1:3::1").post("/"), "send")


def test_everybody_behind_the_proxy_is_left_to_the_proxy(monkeypatch, settings):
    monkeypatch.setattr(throttle, "_throttle", Throttle())
    monkeypatch.setitem(LIMITS, "send", 1)
    settings.TRUSTED_PROXIES = ["10.77.0.2"]
    hidden = [RequestFactory(REMOTE_ADDR="10.77.0.2").post("/") for _ in range(3)]
    assert all(allows(request, "send") for request in hidden)
    told = [RequestFactory(REMOTE_ADDR="10.77.0.2").post("/", headers={"x-forwarded-for": "203.0.113.9"})] * 2
    assert [allows(request, "send") for request in told] == [True, False]
