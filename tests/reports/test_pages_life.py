"""The whole life of a report, by its pages: from the draft to the frozen figures and the next version."""

from datetime import date

import pytest

from reports.models import Report, State
from tests.factories import reports as make
from tests.reports.browsing import confirm, press, read, signed_in


@pytest.fixture
def draft(cast):
    """Thành Sen's November: two sessions, one mediation."""
    make.hold_session(cast.officer, attendances=412, tips=3)
    make.hold_session(cast.officer, date(2026, 11, 3), attendances=600)
    make.mediate(cast.colleague, concluded=date(2026, 11, 2), outcome="succeeded")
    return make.draft()


def state(report):
    return Report.objects.get(pk=report.pk).state


def test_the_whole_life_by_its_pages(cast, draft):
    pk = draft.pk
    assert "1.012" in read(cast.officer, "detail", pk)
    said = press(cast.officer, "edit_section", pk, "assessment", text="Nhân dân hưởng ứng.", revision=0)
    assert "Nhân dân hưởng ứng." in said

    assert "Bên Công an đã xác nhận số liệu." in confirm(cast.leader, draft)
    assert "còn thiếu xác nhận của bên Mặt trận" in press(cast.officer, "send", pk)
    confirm(cast.front_leader, draft)
    assert "Đã gửi báo cáo lên cấp tỉnh." in press(cast.officer, "send", pk)

    assert "Tiếp nhận báo cáo" in read(cast.province, "detail", pk)
    assert "không thu hồi được" in press(cast.officer, "recall", pk)
    press(cast.province, "return", pk, **{"line-sessions": "Tăng 4 lần", "section-plan": "Còn thiếu"})
    assert state(draft) == State.RETURNED
    said = read(cast.officer, "detail", pk)
    assert "dòng 1.1 (Buổi tuyên truyền) “Tăng 4 lần”" in said and "“Còn thiếu”" in said

    note = draft.notes.get(line="sessions")
    press(cast.officer, "answer", pk, note.pk, answer="Do đợt cao điểm về pháo nổ.")
    press(cast.officer, "edit_section", pk, "plan", text="Tiếp tục tuyên truyền.", revision=0)
    make.hold_session(cast.officer, date(2026, 11, 10), attendances=100)
    said = read(cast.officer, "diff", pk)
    assert "1.012" in said and "1.112" in said and "Tiếp tục tuyên truyền." in said
    confirm(cast.leader, draft)
    confirm(cast.front_leader, draft)
    press(cast.officer, "send", pk)
    assert "Do đợt cao điểm về pháo nổ." in read(cast.province, "detail", pk)
    assert "Đã tiếp nhận báo cáo." in press(cast.province, "accept", pk)

    window = signed_in(cast.province).get("/bao-cao/tinh-hinh-gui/").context["window"]
    said = press(cast.province, "compile", ky=window.key)
    assert "Đã tổng hợp" in said and "Phường Trần Phú" in said, "who is missing is named"
    compiled = Report.objects.get(report_type__level="province")
    confirm(cast.province_leader, compiled)
    confirm(cast.province_front_leader, compiled)
    assert state(draft) == state(compiled) == State.FROZEN

    make.hold_session(cast.officer, date(2026, 11, 12), attendances=50)
    for reader in (cast.officer, cast.province):
        said = read(reader, "detail", pk)
        assert "Có số liệu phát sinh sau khi chốt" in said and "+50 lượt người" in said
    assert "Đã lập bản 2" in press(cast.officer, "next_version", pk)
    assert "1.162" in read(cast.officer, "diff", draft.successor.pk)
    assert "1.112" in read(cast.officer, "detail", pk), "the frozen figure stands"


def test_a_double_click_changes_nothing(cast, draft):
    make.confirm(draft, cast)
    press(cast.officer, "send", draft.pk)
    assert "Đã gửi cấp tỉnh" in press(cast.officer, "send", draft.pk)
    press(cast.province, "accept", draft.pk)
    assert "Không thực hiện được" in press(cast.province, "accept", draft.pk)
    assert state(draft) == State.ACCEPTED


def test_recalled_before_the_province_looked(cast):
    report = make.sent(cast)
    assert "Đã thu hồi báo cáo để sửa." in press(cast.officer, "recall", report.pk)
    assert state(report) == State.DRAFT


def test_a_wrong_password_confirms_nothing_and_says_so(cast, draft):
    assert "Mật khẩu không đúng" in confirm(cast.leader, draft, password="sai")
    assert state(draft) == State.DRAFT


def test_what_changed_after_it_was_seen_is_not_confirmed(cast, draft):
    client = signed_in(cast.leader)
    address = f"/bao-cao/{draft.pk}/xac-nhan/"
    seen = client.get(address).context["form"].initial["seen"]
    make.hold_session(cast.officer, attendances=1)
    answer = client.post(address, {"password": make.PASSWORD, "seen": seen})
    assert "khác với bản đồng chí vừa xem" in answer.content.decode()
    assert 'value="' + answer.context["form"].data["seen"] in answer.content.decode()
    assert state(draft) == State.DRAFT


def test_a_return_without_a_reason_is_refused_and_keeps_what_was_typed(cast):
    report = make.sent(cast)
    client = signed_in(cast.province)
    answer = client.post(f"/bao-cao/{report.pk}/yeu-cau-bo-sung/", {})
    assert "Ghi lý do ở ít nhất một dòng" in answer.content.decode()
    too_long = {"line-sessions": "x" * 1001, "section-plan": "Thiếu phương hướng"}
    answer = client.post(f"/bao-cao/{report.pk}/yeu-cau-bo-sung/", too_long)
    assert "Thiếu phương hướng" in answer.content.decode() and state(report) == State.SENT


def test_two_editors_do_not_overwrite_each_other_silently(cast, draft):
    address = f"/bao-cao/{draft.pk}/nhan-xet/plan/"
    first, second = signed_in(cast.officer), signed_in(cast.colleague)
    opened = second.get(address).context["form"].initial["revision"]
    first.post(address, {"text": "Công an viết.", "revision": opened})
    answer = second.post(address, {"text": "Mặt trận viết.", "revision": opened})
    said = answer.content.decode()
    assert "Người khác vừa sửa mục này" in said and "Công an viết." in said and "Mặt trận viết." in said
    second.post(address, {"text": "Cả hai viết.", "revision": answer.context["form"].initial["revision"]})
    assert draft.sections.get(key="plan").text == "Cả hai viết."


def test_editing_after_a_confirmation_voids_it(cast, draft):
    make.confirm(draft, cast, "police")
    press(cast.officer, "edit_section", draft.pk, "plan", text="Thêm một việc.", revision=0)
    assert state(draft) == State.DRAFT and not draft.live_confirmations().exists()
