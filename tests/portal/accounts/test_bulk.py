"""Sixty-nine communes and their province, four accounts each: from one workbook, all or none, once."""

import io
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.test import override_settings
from django.urls import reverse
from python_calamine import CalamineWorkbook

from portal.accounts import bulk
from portal.accounts.batches import AccountBatch
from portal.accounts.bulk_columns import COLUMNS
from portal.accounts.bulk_template import template
from portal.accounts.managing import given_units
from portal.accounts.models import Posting, User
from portal.files.workbook import Refused
from tests.factories.user import province
from tests.portal.ui.pages import faults_of
from tests.programs.sheets.books import book

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)
HEAD = [f"{column.title} *" if column.required else column.title for column in COLUMNS]
GOOD = ["18100", "Phường Trần Phú", "Công an", "Cán bộ cấp xã", "ca.thu1", "Nguyễn Thị Thu", "", "", "", ""]


def sent(by, *rows, **cells):
    return bulk.receive(file_name="a.xlsx", content=book([HEAD, *rows], **cells), by=by)


def row(**changes):
    return [changes.get(column.name, value) for column, value in zip(COLUMNS, GOOD, strict=True)]


def test_a_whole_province_at_once_from_its_template(cast):
    by = cast.province_admin
    units = [province(), *given_units(by).filter(level="commune").order_by("sort_key")]
    assert len(units) == 70
    content = template(units, by=by)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Dữ liệu")
    head, *rows = sheet.to_python()
    taken = User.objects.filter(username__in=[r[4] for r in rows]).count()
    assert taken == 0 and len(rows) == 70 * 4 - 9  # the cast's own are not offered again
    filled = [[*r[:5], f"Người Số {n}", *r[6:]] for n, r in enumerate(rows)]
    batch = bulk.receive(file_name="ha-tinh.xlsx", content=book([head, *filled]), by=by)
    assert (batch.state, batch.findings, batch.row_count) == ("ready", [], len(rows))
    before = User.objects.count()
    slips = bulk.write(batch=batch, by=by)
    assert len(slips) == len(rows) == User.objects.count() - before
    assert Posting.objects.filter(user__in=[s.user for s in slips]).count() == len(rows)
    assert all(slip.user.must_change_password for slip in slips)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.accounts.count()) == ("done", [], len(rows))
    assert bulk.write(batch=batch, by=by) == []
    again = bulk.receive(file_name="khac.xlsx", content=book([head, *filled]), by=by)
    assert again == batch and User.objects.count() - before == len(rows)


FAULTS = [
    ({"unit": "16690", "unit_name": ""}, "Ô A2: không có đơn vị này trong phạm vi quản lý."),
    ({"unit": "18073"}, "Ô B2: mã 18073 là của Phường Thành Sen."),
    ({"side": "Toà án"}, "Ô C2: không có bên này."),
    ({"role": "Quản trị hệ thống"}, "Ô D2: không có vai trò được giao này."),
    ({"role": "Cán bộ cấp tỉnh"}, "Ô A2: vai trò này cần một đơn vị"),
    ({"side": "", "role": "Lãnh đạo cấp xã"}, "Ô D2: vai trò này không đi với bên đã chọn."),
    ({"username": "CA THU"}, "Ô E2: tên đăng nhập chỉ gồm"),
    ({"username": "ca.18073"}, "Ô E2: tên đăng nhập “ca.18073” đã có người dùng."),
    ({"username": ""}, "Ô E2: ghi tên đăng nhập."),
    ({"is_deputy": "x"}, "Ô D2: chỉ lãnh đạo mới là cấp phó."),
    ({"is_deputy": "phó"}, "Ô H2: ghi x"),
    ({"starts_on": "31/02/2026"}, "Ô I2: ngày ghi dd/mm/yyyy."),
    ({"email": "thu@"}, "Ô J2: thư điện tử không đúng."),
]


@pytest.mark.parametrize(("changes", "said"), FAULTS)
def test_what_is_wrong_is_said_by_cell_and_nobody_is_made(cast, changes, said):
    before = User.objects.count()
    batch = sent(cast.province_admin, row(**changes), row(username="ca.thu2"))
    assert batch.state == "faulty" and batch.rows == []
    assert [text for text in batch.findings if text.startswith(said)], batch.findings
    assert bulk.write(batch=batch, by=cast.province_admin) == [] and User.objects.count() == before


def test_twice_in_one_file_nobody_and_no_table(cast):
    by = cast.province_admin
    assert "Ô E3: trùng tên đăng nhập với dòng 2." in sent(by, row(), row(full_name="Ai Khác")).findings
    with pytest.raises(Refused, match="Chưa dòng nào"):
        sent(by, row(full_name=""))
    with pytest.raises(Refused, match="tiêu đề"):
        bulk.receive(file_name="a.xlsx", content=book([["Họ tên"], ["Ai"]]), by=by)


def test_rights_are_asked_again_when_accounts_are_made(cast):
    batch = sent(
        cast.admin, row(unit="40", unit_name="", role="Cán bộ cấp tỉnh", username="ca.na", starts_on=DAY)
    )
    assert batch.state == "ready", batch.findings
    assert batch not in bulk.managed_batches(cast.province_admin)
    ours = sent(cast.province_admin, row())
    User.objects.create_user("ca.thu1", "Người đến trước")
    assert bulk.write(batch=ours, by=cast.province_admin) == []
    ours.refresh_from_db()
    assert ours.state == "faulty" and "đã có người dùng" in ours.findings[0]
    (slip,) = bulk.write(batch=batch, by=cast.admin)
    assert (slip.posting.unit.code, slip.posting.starts_on) == ("40", DAY)


def test_slips_are_shown_once_and_given_anew_to_those_who_never_came(client, cast):
    client.force_login(cast.province_admin)
    file = io.BytesIO(
        book([HEAD, row(), row(username="ld.mt.18100", side="Mặt trận", role="Lãnh đạo cấp xã")])
    )
    file.name = "tran-phu.xlsx"
    page = client.post(reverse("bulk_accounts:upload"), {"file": file}, follow=True)
    text = page.content.decode()
    assert "Lập 2 tài khoản" in text and faults_of(text) == []
    batch = AccountBatch.objects.get()
    slips = client.post(reverse("bulk_accounts:make", args=[batch.pk]))
    text = slips.content.decode()
    assert "no-store" in slips["Cache-Control"] and faults_of(text) == []
    password = slips.context["slips"][0].password
    assert password in text and "ca.thu1" in text and "http://testserver/" in text
    assert check_password(password, User.objects.get(username="ca.thu1").password)
    assert client.post(reverse("bulk_accounts:make", args=[batch.pk])).status_code == 302
    page = client.get(reverse("bulk_accounts:batch", args=[batch.pk])).content.decode()
    assert password not in page and "in lại 2 phiếu" in page
    User.objects.filter(username="ca.thu1").update(last_login="2026-11-24T00:00Z")
    again = client.post(reverse("bulk_accounts:slips", args=[batch.pk]))
    assert [slip.user.username for slip in again.context["slips"]] == ["ld.mt.18100"]


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_a_quick_hash_is_made_whole_when_the_person_signs_in(client, cast):
    (slip,) = bulk.write(batch=sent(cast.province_admin, row()), by=cast.province_admin)
    assert slip.user.password.startswith("pbkdf2_sha256$20000$")
    post = {"username": "ca.thu1", "password": slip.password}
    assert client.post(reverse("accounts:sign_in"), post).url == reverse("accounts:password_change")
    assert int(User.objects.get(username="ca.thu1").password.split("$")[1]) >= 1_000_000
