"""Signing in, out, the forced password change, and sessions that end when the account changes."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts import actions
from portal.accounts.models import Posting, User
from tests.factories.user import PASSWORD, commune, make_officer, make_user

NEW_PASSWORD = "Sông Lam xanh 2026"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(reverse("accounts:sign_in"), {"username": username, "password": password}, **extra)


def is_signed_in(client):
    """Asks a page that only those signed in may open."""
    return client.get(reverse("accounts:password_change")).status_code == 200


def test_the_right_pair_signs_in_and_the_session_key_is_new(client, cast):
    client.get(reverse("accounts:sign_in"))
    client.session["before"] = 1
    before = client.session.session_key
    response = sign_in(client, "ca.18073")
    assert response.status_code == 302
    assert is_signed_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("username", ["CA.18073", "  ca.18073 ", "ｃａ.18073"])
def test_the_username_has_one_spelling(client, cast, username):
    sign_in(client, username)
    assert is_signed_in(client)


def test_it_never_says_which_of_the_two_was_wrong(cast):
    answers = []
    actions.disable_account(user=cast.neighbour, by=cast.admin)
    for username, password in [
        ("ca.18073", "sai-mat-khau"),
        ("khong-co-ai", "sai-mat-khau"),
        ("ca.18100", PASSWORD),
    ]:
        response = sign_in(Client(), username, password)
        assert response.status_code == 422
        answers.append(response.content.decode().replace(username, "").split("<main")[1])
    tokens_apart = [[part for part in a.split('"') if len(part) != 64] for a in answers]
    assert tokens_apart[0] == tokens_apart[1] == tokens_apart[2]


def test_errors_are_vietnamese_linked_to_the_field_and_keep_the_username(client, cast):
    page = sign_in(client, "ca.18073", "sai-mat-khau").content.decode()
    assert WRONG in page and 'href="#id_username"' in page
    assert 'value="ca.18073"' in page and "sai-mat-khau" not in page
    page = sign_in(client, "", "").content.decode()
    assert "Tên đăng nhập: " in page and 'href="#id_password"' in page
    assert "This field" not in page


def test_goes_where_one_wanted_to_go_but_never_to_another_site(client, cast):
    url = reverse("accounts:sign_in")
    data = {"username": "ca.18073", "password": PASSWORD}
    wanted = reverse("accounts:password_change")
    assert client.post(url, data | {"next": wanted}).url == wanted
    for evil in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        other = Client()
        assert "evil" not in other.post(url, data | {"next": evil}).url
        assert "evil.example" not in other.get(url, {"next": evil}).content.decode()


def test_signing_out_needs_a_post_and_ends_the_session(client, cast):
    sign_in(client, "ca.18073")
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert is_signed_in(client)
    old_cookie = client.cookies["sessionid"].value
    client.post(reverse("accounts:sign_out"))
    thief = Client()
    thief.cookies["sessionid"] = old_cookie
    assert not is_signed_in(client) and not is_signed_in(thief)


def test_signing_in_and_out_need_the_csrf_token(cast):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "ca.18073").status_code == 403
    assert strict.post(reverse("accounts:sign_out")).status_code == 403


def test_a_one_time_password_opens_nothing_but_its_change(client, cast):
    user, password = actions.create_account(
        username="ca.moi",
        full_name="Trịnh Thị Mỹ Hạnh",
        by=cast.admin,
        postings=[
            {"unit": commune(), "side": "police", "role": "commune_officer", "starts_on": date(2026, 1, 1)}
        ],
    )
    sign_in(client, "ca.moi", password)
    change = reverse("accounts:password_change")
    for name in ("admin:index", "admin:login", "units:pick", "home", "activities:list", "reports:list"):
        try:
            url = reverse(name)
        except Exception:
            continue
        assert client.get(url).url == change, name
    page = client.get(change).content.decode()
    assert "mật khẩu cấp một lần" in page
    response = client.post(
        change, {"old_password": password, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password and user.password_changed_at
    assert is_signed_in(client), "the session in which the password was changed goes on"


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("ngắn", "ngắn", "10 ký tự"),
        ("1234567890123", "1234567890123", "chữ số"),
        ("ca.18073.ca", "ca.18073.ca", "tên đăng nhập"),
        ("password123", "password123", "phổ biến"),
        (NEW_PASSWORD, "khác hẳn", "không giống nhau"),
        (PASSWORD, PASSWORD, "phải khác"),
    ],
)
def test_password_rules_are_said_in_vietnamese(client, cast, new, again, said):
    client.force_login(cast.officer)
    data = {"old_password": PASSWORD, "new_password": new, "again": again}
    response = client.post(reverse("accounts:password_change"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert said.lower() in page.lower()
    assert "This password" not in page and "Your password" not in page
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_the_old_password_is_asked(client, cast):
    client.force_login(cast.officer)
    data = {"old_password": "sai", "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post(reverse("accounts:password_change"), data).status_code == 422


def test_changing_the_password_ends_the_other_sessions(cast):
    here, there = Client(), Client()
    sign_in(here, "ca.18073"), sign_in(there, "ca.18073")
    data = {"old_password": PASSWORD, "new_password": NEW_PASSWORD, "again": NEW_PASSWORD}
    here.post(reverse("accounts:password_change"), data)
    assert is_signed_in(here) and not is_signed_in(there)


def _disable(cast):
    actions.disable_account(user=cast.officer, by=cast.admin)


def _move(cast):
    actions.move_posting(posting=cast.officer.postings.get(), unit=commune("18100"), by=cast.admin)


def _reset(cast):
    actions.reset_password(user=cast.officer, by=cast.admin)


def _end_by_sql(cast):
    from django.db import connection

    connection.cursor().execute(
        "UPDATE accounts_posting SET ends_on = '2026-11-23' WHERE user_id = %s", [cast.officer.pk]
    )


def _delete_posting(cast):
    Posting.objects.filter(user=cast.officer).delete()


def _disable_in_bulk(cast):
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)


@pytest.mark.parametrize("change", [_disable, _move, _reset, _end_by_sql, _delete_posting, _disable_in_bulk])
def test_every_session_of_a_changed_account_ends_at_once(cast, change):
    office, phone, colleague = Client(), Client(), Client()
    sign_in(office, "ca.18073"), sign_in(phone, "ca.18073"), sign_in(colleague, "mt.18073")
    assert is_signed_in(office) and is_signed_in(phone)
    change(cast)
    assert not is_signed_in(office) and not is_signed_in(phone)
    assert is_signed_in(colleague), "others go on working"


def test_an_ended_session_does_not_come_back(cast):
    """Neither when the account is enabled again, nor when a stale copy of it is saved."""
    stale = User.objects.get(pk=cast.officer.pk)
    client = Client()
    sign_in(client, "ca.18073")
    cookie = client.cookies["sessionid"].value
    actions.disable_account(user=cast.officer, by=cast.admin)
    stale.save()
    actions.enable_account(user=cast.officer, by=cast.admin)
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_signed_in(client) and not is_signed_in(thief)


def test_a_disabled_account_cannot_sign_in(client, cast):
    actions.disable_account(user=cast.officer, by=cast.admin)
    sign_in(client, "ca.18073")
    assert not is_signed_in(client)


def test_someone_without_a_posting_can_still_change_the_password(client, db):
    client.force_login(make_user())
    assert is_signed_in(client)


def test_a_posting_that_ended_yesterday_gives_nothing_today(client, db):
    user = make_officer(ends_on=date(2025, 12, 31))
    assert user.postings_in_force() == []
