"""Every page that the cast can reach by links, and every address of the walk: Vietnamese, labelled, clean.

Forms are also sent empty and with nonsense, since errors are where English hides.
"""

from collections import Counter
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from reports import actions
from tests.factories import reports as make
from tests.factories.user import commune
from tests.portal.ui.pages import faults_of, links_of, outline
from tests.walk_samples import SAMPLES, WITHOUT_RECORD

# The user name and role name of the admin are no English; neither are the file formats.
ALLOWED = frozenset({"admin"})
MOST_PAGES, MOST_OF_A_VIEW = 150, 3
REFUSED = (200, 422)
PEOPLE = ["officer", "colleague", "leader", "front_leader", "province", "province_leader"]
PEOPLE += ["province_admin", "national", "admin"]


@pytest.fixture
def work(cast):
    """A month of work: activities of both kinds, a report sent back, and one accepted."""
    for day in range(16, 28):
        make.hold_session(cast.officer, date(2026, 10, day), attendances=1012, tips=3)
    make.mediate(cast.colleague, concluded=date(2026, 10, 30), outcome="succeeded")
    report = make.sent(cast)
    actions.mark_opened(report=report, by=cast.province)
    notes = [("sessions", "Tăng 4 lần so với cùng kỳ, đề nghị kiểm tra")]
    actions.return_report(report=make.fresh(report), notes=notes, by=cast.province)
    accepted = make.sent(cast, period=make.OCTOBER)
    actions.accept(report=accepted, by=cast.province)
    return cast


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_page(response) -> bool:
    # 405 (an address that takes a POST only) has no body.
    return response.status_code != 405 and response.get("Content-Type", "").startswith("text/html")


def crawled(client: Client, start: str):
    """(address, response) of the pages reached by links, a few of each view."""
    waiting, seen, of_view = [start], set(), Counter()
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        view = view_of(url)
        if url in seen or view in (None, "reports:download") or of_view[view] >= MOST_OF_A_VIEW:
            continue
        seen.add(url)
        of_view[view] += 1
        response = client.get(url, follow=True)
        if is_page(response):
            yield url, response
            here = response.request["PATH_INFO"]
            waiting += [urljoin(here, link) for link in links_of(response.content.decode())]


def view_of(url: str) -> str | None:
    """The name of the view behind an address; None for files."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


@pytest.mark.parametrize("who", PEOPLE)
def test_all_pages_reached_by_links(who, work):
    faults, count = {}, 0
    for url, response in crawled(client_of(getattr(work, who)), "/"):
        count += 1
        assert response.status_code == 200, (url, response.status_code)
        found = faults_of(response.content.decode(), ALLOWED)
        if url.startswith("/admin/"):
            # Django's own pages: not ours to lay out, but Vietnamese all the same.
            found = [fault for fault in found if fault.startswith("English")]
        if found:
            faults[url] = found
    assert count >= 4, "the crawl got nowhere"
    assert faults == {}


@pytest.mark.parametrize("name", sorted({**SAMPLES, **WITHOUT_RECORD}))
def test_every_address_of_the_walk(name, cast):
    unit = commune("18073")
    kwargs = SAMPLES[name](unit)[0] if name in SAMPLES else WITHOUT_RECORD[name]
    url = reverse(name, kwargs=kwargs)
    faults = {}
    for who in ("leader", "province_leader", "admin"):
        response = client_of(getattr(cast, who)).get(url, follow=True)
        if is_page(response) and (found := faults_of(response.content.decode(), ALLOWED)):
            faults[who] = found
    assert faults == {}


def nonsense_for(html: str) -> dict:
    """Something unreadable for every field of the page's forms."""
    return {attrs["name"]: "1.50 x" for attrs in outline(html).controls if attrs.get("name")}


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "nonsense"])
@pytest.mark.parametrize("name", ["activities:create", "activities:create_grouped", "activities:edit"])
@pytest.mark.parametrize("kind", ["tuyen-truyen", "hoa-giai"])
def test_refused_forms(name, kind, filled, cast):
    kwargs = SAMPLES[name](commune("18073"))[0] if name in SAMPLES else {"kind": kind}
    client, url = client_of(cast.officer), reverse(name, kwargs=kwargs)
    page = client.get(url)
    if page.status_code == 404:
        pytest.skip("this kind is not entered in groups")
    data = nonsense_for(page.content.decode()) if filled else {}
    response = client.post(url, {"csrfmiddlewaretoken": "x"} | data)
    assert response.status_code in REFUSED
    html = response.content.decode()
    assert 'role="alert"' in html
    assert faults_of(html, ALLOWED) == []


def test_refused_sign_in(client, cast):
    for data in ({}, {"username": "ca.18073", "password": "sai"}):
        response = client.post(reverse("accounts:sign_in"), data)
        assert response.status_code in REFUSED
        assert faults_of(response.content.decode(), ALLOWED) == []


def test_refused_password_change(cast):
    client, url = client_of(cast.officer), reverse("accounts:password_change")
    for data in ({}, dict.fromkeys(["old_password", "new_password1", "new_password2"], "123")):
        response = client.post(url, data)
        assert faults_of(response.content.decode(), ALLOWED) == []


def test_faults_are_found():
    """The checks above can fail."""
    html = """<html lang="en"><h1>Report</h1><h1>Năm 2.026</h1><input name="x" type="number">
    <p style="x">None 2026-11-24</p><form method="post"></form><img src="//elsewhere/x.png"></html>"""
    found = " ".join(faults_of(html))
    for word in (
        "lang=vi",
        "English",
        "grouped",
        "2 h1",
        "label",
        "browser's language",
        "inline",
        "token",
        "alt",
    ):
        assert word in found, word
    assert "machine" in found and "dd/mm/yyyy" in found and "elsewhere" in found
