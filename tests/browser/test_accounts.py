"""Signing in and the admin site in a real browser: works without JavaScript, and breaks no policy with it."""

import re

import pytest

from portal.accounts.models import User
from tests.factories.cast import make_cast
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.browser
NEW_PASSWORD = "Sông Lam xanh 2026"


def sign_in(page, username, password=PASSWORD):
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 360)])
def test_a_newcomer_signs_in_and_must_change_the_password(new_page, javascript, width, tmp_path):
    make_cast()
    User.objects.filter(username="ca.18073").update(must_change_password=True)
    page = new_page(javascript=javascript, width=width)
    sign_in(page, "ca.18073", "sai-mat-khau")
    assert page.get_by_role("alert").get_by_text("không đúng").is_visible()
    assert page.get_by_label("Tên đăng nhập").input_value() == "ca.18073"
    page.screenshot(path=tmp_path / "sign-in.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if javascript else True
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/doi-mat-khau/")
    page.goto("/don-vi/")
    assert page.url.endswith("/doi-mat-khau/"), "nothing else opens"
    page.get_by_label("Mật khẩu hiện nay").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW_PASSWORD)
    page.screenshot(path=tmp_path / "password.png", full_page=True)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    page.goto("/don-vi/")
    assert page.url.endswith("/don-vi/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/")


def test_the_admin_site_keeps_to_the_policy_and_creates_an_account(new_page, tmp_path):
    cast = make_cast()
    page, complaints = new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on(
        "response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, "admin")
    page.goto("/admin/")
    page.screenshot(path=tmp_path / "admin.png", full_page=True)
    page.goto("/admin/accounts/user/")
    page.screenshot(path=tmp_path / "accounts.png", full_page=True)
    page.goto(f"/admin/accounts/user/{cast.officer.pk}/change/")
    page.screenshot(path=tmp_path / "account.png", full_page=True)
    page.goto(f"/admin/accounts/posting/{cast.officer.postings.get().pk}/chuyen/")
    page.screenshot(path=tmp_path / "move.png", full_page=True)
    page.goto("/admin/accounts/user/add/")
    page.get_by_label("Tên đăng nhập").fill("mt.18100")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Hoà")
    page.locator("#id_postings-0-role").select_option("commune_officer")
    page.locator("#id_postings-0-unit").fill("phuong tran phu")
    page.locator("#id_postings-0-side").select_option("front")
    page.get_by_role("link", name="Hôm nay").first.click()
    page.screenshot(path=tmp_path / "add.png", full_page=True)
    page.get_by_role("button", name="Lưu lại", exact=True).click()
    password = page.locator("code").inner_text()
    assert re.fullmatch(r"[a-z0-9]{4}(-[a-z0-9]{4}){2}", password)
    page.screenshot(path=tmp_path / "password.png", full_page=True)
    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url("**/dang-nhap/")
    sign_in(page, "mt.18100", password)
    page.wait_for_url("**/doi-mat-khau/")
    assert not complaints
