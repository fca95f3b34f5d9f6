"""Việc cần làm: what each of the cast finds there."""

import pytest

from tests.factories import reports as make
from tests.reports.browsing import signed_in, text_of


def home(user):
    answer = signed_in(user).get("/")
    assert answer.status_code == 200
    return text_of(answer)


def test_everyone_has_a_first_page(cast):
    for name, user in cast.everyone():
        assert "Việc cần làm" in home(user), name


def test_an_officer_finds_the_report_to_mend_and_the_kinds_to_log(cast):
    make.hold_session(cast.officer, title="Tuyên truyền quản lý, sử dụng pháo")
    make.draft()
    said = home(cast.officer)
    assert "Báo cáo tháng 11/2026 , Phường Thành Sen" in said and "Xem và sửa" in said
    assert "Tuyên truyền quản lý, sử dụng pháo" in said and "Nhập hoạt động" in said


def test_what_was_asked_is_quoted(cast):
    from reports import actions

    report = make.sent(cast)
    actions.return_report(report=report, notes=[("sessions", "Đề nghị kiểm tra")], by=cast.province)
    assert "“Đề nghị kiểm tra”" in home(cast.officer)


def test_a_leader_is_led_to_confirm_once_the_other_side_has(cast):
    make.confirm(make.draft(), cast, "front")
    assert "Chờ Công an xác nhận" in home(cast.leader) and "Xác nhận số liệu" in home(cast.leader)
    assert "Xác nhận số liệu" not in home(cast.front_leader)


def test_the_neighbour_finds_nothing_of_it(cast):
    make.draft()
    assert "Phường Thành Sen" not in home(cast.neighbour)


def test_the_province_finds_what_to_review_and_who_is_missing(cast):
    make.sent(cast)
    said = home(cast.province)
    assert "Xem xét" in said and "Phường Thành Sen" in said
    assert "Chưa gửi báo cáo: 68" in said and "Mở kỳ báo cáo" in said
    assert "Nhập hoạt động" not in said


@pytest.mark.parametrize("who", ["admin", "province_admin"])
def test_administrators_are_led_to_the_admin_site(cast, who):
    said = home(getattr(cast, who))
    assert "Mở trang quản trị" in said and "Cần xử lý" not in said


def test_an_administrator_finds_the_accounts_to_mend(cast):
    cast.neighbour.postings.all().delete()
    said = home(cast.admin)
    assert "chưa có vị trí công tác còn hiệu lực: 1 Đặng Quốc Ân" in said
    assert "Tài khoản cần xem lại" not in home(cast.officer)


def test_a_provinces_administrator_finds_the_communes_that_nobody_serves(cast):
    said = home(cast.province_admin)
    assert "Xã, phường, đặc khu chưa có tài khoản đang hoạt động: 67" in said
    cast.neighbour.is_active = False
    cast.neighbour.save()
    assert "Xã, phường, đặc khu chưa có tài khoản đang hoạt động: 68" in home(cast.province_admin)


@pytest.mark.parametrize("who", ["officer", "leader", "province", "national", "admin", "province_admin"])
def test_the_first_page_asks_a_bounded_number_of_questions(cast, who, django_assert_max_num_queries):
    client = signed_in(getattr(cast, who))
    with django_assert_max_num_queries(30):
        assert client.get("/").status_code == 200
