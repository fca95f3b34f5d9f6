"""The admin site as a system administrator uses it."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Posting, User
from tests.factories.user import PASSWORD, commune, make_officer
from tests.portal.ui.english import english_in

ADD = "admin:accounts_user_add"


def account_data(username="ca.18103", unit="Phường Trần Phú", role="commune_officer", side="police", **extra):
    """What the form for a new account posts."""
    return {
        "username": username,
        "full_name": "Nguyễn Thị Hoà",
        "email": "",
        "postings-TOTAL_FORMS": "1",
        "postings-INITIAL_FORMS": "0",
        "postings-0-role": role,
        "postings-0-unit": unit,
        "postings-0-side": side,
        "postings-0-title": "Cán bộ Công an phường",
        "postings-0-starts_on": "01/11/2026",
        "postings-0-ends_on": "",
    } | extra


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin)
    return client


def test_creates_an_account_and_shows_its_password_once(admin_client, cast):
    response = admin_client.post(reverse(ADD), account_data())
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    password = re.search(r"<code>([a-z0-9-]{14})</code>", response.content.decode())[1]
    user = User.objects.get(username="ca.18103")
    assert user.check_password(password) and user.must_change_password
    posting = user.postings.get()
    assert (posting.unit.code, posting.side, posting.role) == ("18100", "police", "commune_officer")
    assert posting.starts_on == date(2026, 11, 1)
    again = admin_client.get(reverse("admin:accounts_user_change", args=[user.pk]))
    assert password not in again.content.decode()
    assert password not in str(admin_client.session.items()) + str(admin_client.cookies)
    newcomer = Client()
    newcomer.post(reverse("accounts:sign_in"), {"username": "ca.18103", "password": password})
    assert newcomer.get(reverse("accounts:password_change")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"postings-TOTAL_FORMS": "0"}, "ít nhất một vị trí"),
        ({"username": "Công an"}, "chữ cái không dấu"),
        ({"username": "CA.18073"}, "đã có người dùng"),
        ({"postings-0-unit": "Xã Không Có"}, "Không có đơn vị này"),
        ({"postings-0-unit": "40"}, "cần một đơn vị cấp xã"),
        ({"postings-0-unit": ""}, "phải có đơn vị"),
        ({"postings-0-side": ""}, "không đi với bên"),
        ({"postings-0-role": "admin"}, "không đi với bên"),
        ({"postings-0-starts_on": "31/02/2026"}, "ngày"),
        ({"postings-0-ends_on": "01/10/2026"}, "từ ngày bắt đầu trở đi"),
    ],
)
def test_refuses_in_vietnamese_and_keeps_the_values(admin_client, wrong, said):
    response = admin_client.post(reverse(ADD), account_data(full_name="Vũ Thị Đoan Trang") | wrong)
    assert response.status_code == 200
    page = response.content.decode()
    assert said in page and "Vũ Thị Đoan Trang" in page
    assert not english_in(page)
    assert not User.objects.filter(full_name="Vũ Thị Đoan Trang").exists()


def test_a_unit_is_found_without_marks_and_several_are_named(admin_client):
    admin_client.post(reverse(ADD), account_data(unit="phuong tran phu"))
    assert User.objects.get(username="ca.18103").postings.get().unit.code == "18100"
    page = admin_client.post(reverse(ADD), account_data("ca.x1", unit="thái hòa")).content.decode()
    assert "Nhiều đơn vị cùng khớp" in page and "Nghệ An" in page


def test_disables_enables_and_resets(admin_client, cast):
    office = Client()
    office.post(reverse("accounts:sign_in"), {"username": "ca.18073", "password": PASSWORD})
    for verb in ("disable", "enable", "reset_password"):
        url = reverse(f"admin:accounts_user_{verb}", args=[cast.officer.pk])
        assert "Không, quay lại" in admin_client.get(url).content.decode(), "asks first"
    cast.officer.refresh_from_db()
    assert cast.officer.is_active and cast.officer.check_password(PASSWORD), "GET changes nothing"
    admin_client.post(reverse("admin:accounts_user_disable", args=[cast.officer.pk]))
    assert office.get(reverse("accounts:password_change")).status_code == 302
    cast.officer.refresh_from_db()
    assert not cast.officer.is_active
    admin_client.post(reverse("admin:accounts_user_enable", args=[cast.officer.pk]))
    page = admin_client.post(reverse("admin:accounts_user_reset_password", args=[cast.officer.pk]))
    cast.officer.refresh_from_db()
    password = re.search(r"<code>([a-z0-9-]{14})</code>", page.content.decode())[1]
    assert cast.officer.is_active and cast.officer.check_password(password)
    assert cast.officer.must_change_password


def test_an_administrator_does_not_disable_oneself(admin_client, cast):
    url = reverse("admin:accounts_user_disable", args=[cast.admin.pk])
    assert admin_client.post(url).status_code == 403


def test_moves_someone_from_a_day_on(admin_client, cast):
    old = cast.officer.postings.get()
    url = reverse("admin:accounts_posting_move", args=[old.pk])
    page = admin_client.get(url).content.decode()
    assert "18073 Phường Thành Sen" in page
    data = {"role": "commune_officer", "unit": "18100", "side": "police", "starts_on": "24/11/2026"}
    assert admin_client.post(url, data).status_code == 302
    old.refresh_from_db()
    new = cast.officer.postings.exclude(pk=old.pk).get()
    assert (old.ends_on, new.starts_on, new.unit.code) == (date(2026, 11, 23), date(2026, 11, 24), "18100")


def test_a_move_into_the_past_or_to_nowhere_is_refused_in_vietnamese(admin_client, cast):
    old = cast.officer.postings.get()
    url = reverse("admin:accounts_posting_move", args=[old.pk])
    data = {"role": "commune_officer", "unit": "", "side": "police", "starts_on": "24/11/2026"}
    page = admin_client.post(url, data).content.decode()
    assert "phải có đơn vị" in page and not english_in(page)
    end = reverse("admin:accounts_posting_end", args=[old.pk])
    page = admin_client.post(end, {"last_day": "30/06/2025"}).content.decode()
    assert "bắt đầu từ 01/07/2025" in page
    assert admin_client.post(end, {"last_day": "24/11/2026"}).status_code == 302
    old.refresh_from_db()
    assert old.ends_on == date(2026, 11, 24)


def test_the_same_posting_twice_at_once_is_refused_in_vietnamese(admin_client, cast):
    old = cast.officer.postings.get()
    data = {
        "username": "ca.18073",
        "full_name": "Nguyễn Văn Đức",
        "email": "",
        "postings-TOTAL_FORMS": "2",
        "postings-INITIAL_FORMS": "1",
        "postings-0-id": old.pk,
        "postings-0-user": cast.officer.pk,
        "postings-1-user": cast.officer.pk,
        "postings-1-role": "commune_officer",
        "postings-1-unit": "18073",
        "postings-1-side": "police",
        "postings-1-starts_on": "24/11/2026",
    }
    response = admin_client.post(reverse("admin:accounts_user_change", args=[cast.officer.pk]), data)
    assert response.status_code == 200 and "trùng nhau" in response.content.decode()
    twice = {key.replace("postings-1", "postings-2"): value for key, value in data.items()}
    data |= {"postings-1-unit": "18100"}
    both = twice | data | {"postings-TOTAL_FORMS": "3", "postings-2-unit": "18100"}
    response = admin_client.post(reverse("admin:accounts_user_change", args=[cast.officer.pk]), both)
    assert response.status_code == 200 and "ghi hai lần" in response.content.decode()
    response = admin_client.post(reverse("admin:accounts_user_change", args=[cast.officer.pk]), data)
    assert response.status_code == 302 and cast.officer.postings.count() == 2


def test_a_move_onto_a_posting_already_held_is_refused_in_vietnamese(admin_client, cast):
    make_officer(commune("18100"), user=cast.officer)
    old = cast.officer.postings.get(unit__code="18073")
    url = reverse("admin:accounts_posting_move", args=[old.pk])
    data = {"role": "commune_officer", "unit": "18100", "side": "police", "starts_on": "24/11/2026"}
    page = admin_client.post(url, data)
    assert page.status_code == 200 and "trùng nhau" in page.content.decode()


@pytest.mark.parametrize("typed", ["hoa", "HOÀ", "tran thi hoà", "mt.18073"])
def test_people_are_found_without_marks(admin_client, typed):
    page = admin_client.get(reverse("admin:accounts_user_changelist"), {"q": typed}).content.decode()
    assert "Trần Thị Hoà" in page and "Nguyễn Văn Đức" not in page


def test_the_list_sorts_by_the_last_word_of_the_name(admin_client, cast):
    page = admin_client.get(reverse("admin:accounts_user_changelist")).content.decode()
    order = [
        page.index(name) for name in ("Phan Thị Ngọc Ánh", "Đặng Quốc Ân", "Nguyễn Văn Đức", "Dương Thị Êm")
    ]
    assert order == sorted(order)


def test_nothing_is_deleted_in_the_admin(admin_client, cast):
    posting = cast.officer.postings.get()
    assert admin_client.post(reverse("admin:accounts_user_delete", args=[cast.officer.pk])).status_code == 403
    assert admin_client.post(reverse("admin:accounts_posting_delete", args=[posting.pk])).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [cast.officer.pk], "post": "yes"}
    admin_client.post(reverse("admin:accounts_user_changelist"), data)
    assert User.objects.filter(pk=cast.officer.pk).exists()


def test_form_fields_that_are_not_on_the_form_change_nothing(admin_client, cast):
    """is_superuser, is_active, the password and postings cannot be posted into the account's form."""
    url = reverse("admin:accounts_user_change", args=[cast.officer.pk])
    posting = cast.officer.postings.get()
    data = {
        "username": "ca.18073",
        "full_name": "Nguyễn Văn Đức",
        "email": "",
        "is_superuser": "on",
        "is_active": "",
        "password": "x",
        "must_change_password": "on",
        "postings-TOTAL_FORMS": "1",
        "postings-INITIAL_FORMS": "1",
        "postings-0-id": posting.pk,
        "postings-0-user": cast.officer.pk,
        "postings-0-role": "admin",
        "postings-0-side": "",
        "postings-0-unit": "",
        "postings-0-DELETE": "on",
    }
    admin_client.post(url, data)
    cast.officer.refresh_from_db()
    assert cast.officer.is_active and not cast.officer.is_superuser and cast.officer.check_password(PASSWORD)
    assert Posting.objects.get(pk=posting.pk).role == "commune_officer"
