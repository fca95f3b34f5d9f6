"""Slowing down whoever guesses passwords, as the guesser would try to get round it."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.access.addresses import client_address
from tests.factories.user import PASSWORD
from tests.portal.ui.english import english_in

LIMIT = settings.AXES_FAILURE_LIMIT
OFFICE, CAFE, PROXY = "203.113.131.9", "14.160.24.7", "10.0.0.2"


def attempt(username="ca.18073", password="sai-mat-khau", address=OFFICE, **headers):
    data = {"username": username, "password": password}
    return Client().post(reverse("accounts:sign_in"), data, REMOTE_ADDR=address, **headers)


def is_locked(**kwargs):
    """Even the right password does not help."""
    return attempt(password=PASSWORD, **kwargs).status_code == 429


def fail(times=LIMIT, **kwargs):
    return [attempt(**kwargs) for _ in range(times)][-1]


def test_a_username_from_an_address_is_locked_after_a_few_failures(cast):
    fail(LIMIT - 1)
    assert attempt().status_code == 429, "the last failure says so"
    assert is_locked()
    assert not is_locked(address=CAFE), "the officer at another place is not shut out by the guesser"
    assert not is_locked(username="mt.18073"), "nor the colleague in the same office"


def test_the_lock_says_in_vietnamese_how_long_and_keeps_silent_on_the_rest(cast):
    known = fail().content.decode()
    unknown = fail(username="khong.co").content.decode()
    assert "15 phút" in known and not english_in(known)
    assert known.replace("ca.18073", "") == unknown.replace("khong.co", "")
    assert fail(1)["Retry-After"] == "900"


def test_other_spellings_of_the_username_count_together(cast):
    for username in ["CA.18073", " ca.18073", "Ca.18073 ", "ｃａ.18073", "cA.18073"]:
        attempt(username=username)
    assert is_locked()


def test_other_browsers_and_a_new_session_do_not_help(cast):
    for number in range(LIMIT):
        attempt(HTTP_USER_AGENT=f"Cốc Cốc {number}")
    assert is_locked(HTTP_USER_AGENT="Firefox")


def test_it_opens_again_after_the_cool_off_and_guessing_meanwhile_does_not_prolong_it(cast):
    fail()
    AccessAttempt.objects.update(
        attempt_time=F("attempt_time") - settings.AXES_COOLOFF_TIME + timedelta(minutes=1)
    )
    assert is_locked()
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert not is_locked()


def test_a_success_starts_the_count_anew(cast):
    fail(LIMIT - 1)
    assert not is_locked()
    fail(LIMIT - 1)
    assert not is_locked()


def test_one_address_cannot_try_a_password_on_everybody(cast, settings):
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 12
    for number in range(12):
        attempt(username=f"ca.{18000 + number}")
    assert is_locked(username="ca.18073")
    assert not is_locked(username="ca.18073", address=CAFE)


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"]
)
def test_a_client_cannot_pretend_to_come_from_elsewhere(cast, settings, header):
    settings.TRUSTED_PROXIES = [PROXY]
    for number in range(LIMIT):
        attempt(**{header: f"198.51.100.{number}"})
    assert is_locked(**{header: "198.51.100.77"})


def test_nor_through_our_proxy(cast, settings):
    """The proxy appends the real address; what the client wrote stands left of it."""
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    for number in range(LIMIT):
        attempt(address=PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, {OFFICE}")
    assert is_locked(address=PROXY, HTTP_X_FORWARDED_FOR=f"1.2.3.4, {OFFICE}")
    assert not is_locked(address=PROXY, HTTP_X_FORWARDED_FOR=CAFE)


@pytest.mark.parametrize(
    ("peer", "header", "expected"),
    [
        (OFFICE, "", OFFICE),
        (OFFICE, CAFE, OFFICE),
        (PROXY, CAFE, CAFE),
        (PROXY, f"{CAFE}, 10.0.0.3", CAFE),
        (PROXY, f"1.1.1.1, {CAFE}, 10.0.0.3", CAFE),
        (PROXY, "rác", PROXY),
        (PROXY, f"{CAFE}, rác", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "10.0.0.9", "10.0.0.9"),
        ("::ffff:10.0.0.2", "2405:4800::1", "2405:4800::1"),
        ("", CAFE, None),
    ],
)
def test_the_address_is_the_first_one_that_is_not_our_proxy(settings, peer, header, expected):
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == expected


def test_without_trusted_proxies_the_header_is_never_read(settings):
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get("/", REMOTE_ADDR=OFFICE, HTTP_X_FORWARDED_FOR=CAFE)
    assert client_address(request) == OFFICE


def test_a_password_typed_is_not_kept(cast):
    fail(1, password="mat-khau-that-cua-toi")
    row = AccessAttempt.objects.get()
    assert "mat-khau-that" not in f"{row.post_data}{row.get_data}"


@pytest.mark.parametrize("username", ["a\0b", "x" * 5000, "\u202e", "ca.18073' OR 1=1 --"])
def test_strange_usernames_are_refused_calmly(cast, username):
    assert attempt(username=username).status_code == 422
