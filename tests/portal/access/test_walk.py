"""Walks all addresses as everyone: each view says whom it is for, and keeps to it.

Strangers are led to sign in, a missing right answers 403, another unit's record 404. Data comes from
tests/walk_samples.py. The admin site is walked in test_admin_walk.py.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from portal.access.decorators import PUBLIC, SIGNED_IN
from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.accounts.models import Role
from tests.factories.user import NGHE_AN, TRAN_PHU, commune, make_officer, province
from tests.walk_samples import SAMPLES, WITHOUT_RECORD

THANH_SEN, TRUONG_VINH = "18073", "16690"
NO_METHOD = 405


def views(patterns=None, namespaces=()):
    """(name, access, has arguments) of every address outside the admin site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            name = ":".join([*namespaces, pattern.name or str(pattern.pattern)])
            access = getattr(pattern.callback, "access", None)
            yield name, access, bool(pattern.pattern.regex.groups)
        elif pattern.namespace != "admin":
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from views(pattern.url_patterns, inner)


VIEWS = list(views())
GUARDED = [(name, access) for name, access, _ in VIEWS if isinstance(access, Permission)]


def test_the_walk_sees_the_addresses():
    assert {"accounts:sign_in", "healthz", "jobs:progress"} <= {name for name, _, _ in VIEWS}
    assert len({name for name, _, _ in VIEWS}) == len(VIEWS), "two addresses of one name: one is not walked"


@pytest.mark.parametrize(("name", "access"), [(name, access) for name, access, _ in VIEWS])
def test_every_view_declares_whom_it_is_for(name, access):
    assert access in (PUBLIC, SIGNED_IN) or isinstance(access, Permission)


def test_every_address_with_arguments_has_a_sample():
    known = {**SAMPLES, **WITHOUT_RECORD}
    assert not [name for name, _, arguments in VIEWS if arguments and name not in known]
    assert not set(known) - {name for name, _, _ in VIEWS}, "samples of addresses that are no more"


@pytest.mark.parametrize(
    "name", [name for name, access, _ in VIEWS if access is not None and access != PUBLIC]
)
def test_strangers_are_led_to_sign_in(name, cast):
    url = address(name)
    response = visit(Client(), url)
    assert response.status_code == 302 and response.url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("name", [name for name, _ in GUARDED])
def test_a_one_time_password_opens_no_page(name, cast):
    url = address(name)
    cast.leader.must_change_password = True
    cast.leader.save()
    assert visit(signed_in(cast.leader), url).url == reverse("accounts:password_change")


@pytest.mark.parametrize(("name", "permission"), GUARDED)
def test_roles_without_the_permission_get_403(name, permission, cast):
    url = address(name)
    without = [user for _, user in cast.everyone() if not has(user, permission)]
    answers = {user.username: visit(signed_in(user), url).status_code for user in without}
    assert set(answers.values()) <= {403}, answers


@pytest.mark.parametrize(("name", "permission"), [(n, p) for n, p in GUARDED if n in SAMPLES])
@pytest.mark.parametrize("code", [THANH_SEN, TRUONG_VINH])
def test_records_outside_the_scope_answer_404(name, permission, code, cast):
    """Also to POST, also to a neighbour, to another province's staff, and to those who read the nation."""
    url, unit = record(name, commune(code))
    foreign_leaders = [
        make_officer(commune(TRAN_PHU), role=Role.COMMUNE_LEADER),
        make_officer(province(NGHE_AN), role=Role.PROVINCE_LEADER),
        make_officer(province(NGHE_AN), role=Role.PROVINCE_ADMIN, side=""),
    ]
    people = [user for _, user in cast.everyone()] + foreign_leaders
    everyone = [user for user in people if has(user, permission)]
    outside = [user for user in everyone if not has(user, permission, unit)]
    assert outside, "nobody is outside: the sample's unit is not foreign to anyone"
    for user in outside:
        client = signed_in(user)
        read, written = client.get(url).status_code, client.post(url).status_code
        assert {read, written} <= {404, NO_METHOD}, user.username
        assert (written if read == NO_METHOD else read) == 404, user.username


@pytest.mark.parametrize(("name", "permission"), GUARDED)
def test_those_with_the_permission_reach_the_page(name, permission, cast):
    """Pages that only take a POST are left to the tests of their rooms: here it would change the record."""
    url, unit = record(name, commune(THANH_SEN))
    inside = [user for _, user in cast.everyone() if has(user, permission, unit)]
    assert inside, "a permission that nobody of the cast has there"
    answers = {user.username: signed_in(user).get(url).status_code for user in inside}
    assert set(answers.values()) <= {200, 302, NO_METHOD}, answers


def test_nobody_has_rights_by_being_a_superuser(cast):
    cast.admin.is_superuser = True
    cast.admin.save()
    cast.admin.postings.all().delete()
    cast.admin.refresh_from_db()
    assert not any(has(cast.admin, permission) for permission in Permission)
    assert not any(has(AnonymousUser(), permission) for permission in Permission)


def address(name):
    return record(name, commune(THANH_SEN))[0]


def record(name, unit):
    """The address of a new record of `unit`, and whose record it is (None: the address names no record)."""
    kwargs, owner = SAMPLES[name](unit) if name in SAMPLES else (WITHOUT_RECORD.get(name), None)
    return reverse(name, kwargs=kwargs), owner


def visit(client, url):
    """GET, or POST where the page takes nothing else."""
    response = client.get(url)
    return client.post(url) if response.status_code == NO_METHOD else response


def signed_in(user):
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client
