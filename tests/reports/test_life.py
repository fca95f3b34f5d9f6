"""The life of a commune's report, by the people it belongs to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Delegation, Posting
from reports import actions
from reports.content import content_of, digest, live_content, stale_sections
from reports.diff import changes_since_return
from reports.errors import ReportError
from reports.models import Confirmation, Report, ReportEvent
from tests.factories.reports import accepted, confirm, draft, fresh, hold_session, sent
from tests.factories.user import PASSWORD


def verbs(report):
    return list(report.events.order_by("pk").values_list("verb", flat=True))


def test_from_draft_to_accepted(cast):
    report = draft()
    assert report.state == "draft"
    report = confirm(report, cast, "police")
    assert report.state == "awaiting"
    report = confirm(report, cast, "front")
    assert report.state == "awaiting"
    actions.send(report=report, by=cast.officer)
    assert fresh(report).state == "sent"
    actions.mark_opened(report=fresh(report), by=cast.province)
    actions.accept(report=report, by=cast.province)
    report = fresh(report)
    assert (report.state, report.figures_stand) == ("accepted", True)
    assert verbs(report) == ["opened", "confirmed", "confirmed", "sent", "read", "accepted"]


def test_figures_are_live_until_the_first_confirmation(cast):
    report = draft()
    hold_session(cast.officer)
    assert content_of(report)["lines"][0]["current"] == 1
    report = confirm(report, cast, "police")
    hold_session(cast.officer, attendances=None)
    assert content_of(report)["lines"][0]["current"] == 1


def test_both_sides_bind_the_same_bytes(cast):
    report = confirm(draft(), cast)
    hashes = set(report.confirmations.values_list("sha256", flat=True))
    assert hashes == {report.snapshot.sha256} == {digest(live_content(report))}


def test_a_wrong_password_confirms_nothing_and_is_on_record(cast):
    report = draft()
    with pytest.raises(ReportError, match="Mật khẩu không đúng"):
        actions.confirm(report=report, side="police", password="sai", by=cast.leader)
    assert fresh(report).state == "draft"
    assert not Confirmation.objects.exists()
    assert verbs(report) == ["opened", "refused"]


def test_after_five_wrong_passwords_the_right_one_must_wait(cast):
    report = draft()
    for _ in range(5):
        with pytest.raises(ReportError, match="không đúng"):
            actions.confirm(report=report, side="police", password="sai", by=cast.leader)
    with pytest.raises(ReportError, match="thử lại sau 15 phút"):
        actions.confirm(report=report, side="police", password=PASSWORD, by=cast.leader)


def test_nobody_confirms_twice_or_for_the_other_side_or_without_the_role(cast):
    report = draft()
    confirm(report, cast, "police")
    with pytest.raises(ReportError, match="Bên Công an đã xác nhận"):
        confirm(report, cast, "police")
    for person, side in ((cast.leader, "front"), (cast.officer, "police"), (cast.province_leader, "police")):
        with pytest.raises(PermissionDenied):
            actions.confirm(report=fresh(report), side=side, password=PASSWORD, by=person)


def test_one_person_on_both_sides_does_not_confirm_for_both(cast):
    Posting.objects.create(
        user=cast.leader, unit=cast.front_leader.postings.get().unit, side="front", role="commune_leader",
        starts_on=date(2025, 7, 1),
    )  # fmt: skip
    cast.leader.refresh_from_db()
    report = confirm(draft(), cast, "police")
    with pytest.raises(ReportError, match="không xác nhận thay cho cả hai bên"):
        actions.confirm(report=report, side="front", password=PASSWORD, by=cast.leader)


def test_a_deputy_confirms_by_a_dated_delegation(cast):
    today = timezone.localdate()
    posting = cast.leader.postings.get()
    report = draft()
    with pytest.raises(PermissionDenied):
        actions.confirm(report=report, side="police", password=PASSWORD, by=cast.officer)
    Delegation.objects.create(principal=posting, deputy=cast.officer, starts_on=today, ends_on=today)
    cast.officer.refresh_from_db()
    given = actions.confirm(report=report, side="police", password=PASSWORD, by=cast.officer)
    assert (given.posting, given.is_deputy) == (posting, True)


def test_a_delegation_that_is_over_gives_nothing(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    Delegation.objects.create(
        principal=cast.leader.postings.get(), deputy=cast.officer, starts_on=yesterday, ends_on=yesterday
    )
    cast.officer.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.confirm(report=draft(), side="police", password=PASSWORD, by=cast.officer)


def test_what_was_not_seen_is_not_confirmed(cast):
    report = draft()
    seen = digest(content_of(report))
    hold_session(cast.officer)
    with pytest.raises(ReportError, match="đã khác với bản"):
        actions.confirm(report=report, side="police", password=PASSWORD, by=cast.leader, seen=seen)
    seen = digest(content_of(report))
    assert actions.confirm(report=report, side="police", password=PASSWORD, by=cast.leader, seen=seen)


def test_a_changed_remark_voids_the_confirmations_on_record(cast):
    report = confirm(draft(), cast, "police")
    actions.edit_section(report=report, key="plan", text="Tiếp tục tuyên truyền.", by=cast.officer)
    report = fresh(report)
    assert (report.state, report.snapshot) == ("draft", None)
    (voided,) = report.confirmations.all()
    assert voided.void_reason == "Sửa mục «Phương hướng, nhiệm vụ thời gian tới»"
    assert verbs(report)[-2:] == ["voided", "edited"]
    assert confirm(report, cast).state == "awaiting"


def test_the_same_remark_again_voids_nothing(cast):
    report = draft()
    actions.edit_section(report=report, key="plan", text="Tiếp tục tuyên truyền.", by=cast.officer)
    report = confirm(report, cast, "police")
    actions.edit_section(report=report, key="plan", text="Tiếp tục tuyên truyền.\r\n", by=cast.officer)
    assert fresh(report).state == "awaiting"


@pytest.mark.parametrize("step", ["second confirmation", "sending"])
def test_changed_figures_void_the_confirmations(cast, step):
    report = confirm(draft(), cast, "police") if step == "second confirmation" else confirm(draft(), cast)
    hold_session(cast.officer)
    with pytest.raises(ReportError, match="trở về dự thảo"):
        if step == "sending":
            actions.send(report=report, by=cast.officer)
        else:
            confirm(report, cast, "front")
    report = fresh(report)
    assert report.state == "draft"
    assert not report.live_confirmations().exists()
    assert report.confirmations.first().void_reason.startswith("Số liệu trong sổ theo dõi đã thay đổi")


def test_it_is_not_sent_before_all_named_sides_have_confirmed(cast):
    report = confirm(draft(), cast, "front")
    with pytest.raises(ReportError, match="còn thiếu xác nhận của bên Công an"):
        actions.send(report=report, by=cast.officer)


def test_one_side_is_enough_where_the_type_says_so(cast):
    report = draft()
    report.report_type.confirming_sides = ["police"]
    report.report_type.save()
    report = confirm(fresh(report), cast, "police")
    actions.send(report=report, by=cast.colleague)
    assert fresh(report).state == "sent"


def test_it_may_be_recalled_until_the_province_has_opened_it(cast):
    report = sent(cast)
    actions.recall(report=report, by=cast.officer)
    report = fresh(report)
    assert (report.state, report.sent_at, report.first_sent_at) == ("draft", None, None)
    report = confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    actions.mark_opened(report=fresh(report), by=cast.province)
    with pytest.raises(ReportError, match="không thu hồi được"):
        actions.recall(report=report, by=cast.officer)


@pytest.mark.parametrize("who", ["officer", "neighbour", "other_province", "national"])
def test_only_a_reviewer_opens_it(cast, who):
    report = sent(cast)
    actions.mark_opened(report=report, by=getattr(cast, who))
    assert fresh(report).opened_at is None


def test_a_return_names_its_places_and_the_resubmission_shows_what_changed(cast):
    session = hold_session(cast.officer, attendances=80)
    report = sent(cast)
    actions.return_report(
        report=report,
        by=cast.province,
        notes=[("session_attendances", "Kiểm tra lại số người."), ("plan", "Bổ sung phương hướng.")],
    )
    report = fresh(report)
    assert report.state == "returned"
    assert [note.target for note in report.notes.all()] == ["session_attendances", "plan"]
    session.attendances = 60
    session.save()
    actions.edit_section(report=report, key="plan", text="Mở thêm ba buổi ở tổ dân phố.", by=cast.officer)
    actions.answer_note(note=report.notes.first(), answer="Đã đối chiếu danh sách.", by=cast.officer)
    report = confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    changes = {change.label: (change.before, change.after) for change in changes_since_return(fresh(report))}
    assert changes["Lượt người tham dự tuyên truyền – Kỳ này"] == ("80", "60")
    assert changes["Phương hướng, nhiệm vụ thời gian tới"] == ("", "Mở thêm ba buổi ở tổ dân phố.")
    assert "Buổi tuyên truyền – Kỳ này" not in changes
    actions.accept(report=report, by=cast.province_front)
    assert not report.notes.filter(resolved_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ([], "Hãy ghi lý do"),
        ([("sessions", "  ")], "Hãy ghi lý do"),
        ([("khong-co", "Sai")], "gắn với một dòng số liệu hoặc một mục"),
    ],
)
def test_a_return_needs_a_reason_at_a_place_that_exists(cast, notes, message):
    report = sent(cast)
    with pytest.raises(ReportError, match=message):
        actions.return_report(report=report, notes=notes, by=cast.province)
    assert fresh(report).state == "sent"


def test_the_first_sending_decides_whether_it_was_late(cast):
    report = sent(cast)
    first = report.first_sent_at
    actions.return_report(report=report, notes=[("sessions", "Xem lại")], by=cast.province)
    report = confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    assert fresh(report).first_sent_at == first
    assert report.is_late() == (timezone.localdate(first) > report.due_on)


@pytest.mark.parametrize(
    "act",
    [
        lambda r, c: actions.edit_section(report=r, key="plan", text="x", by=c.officer),
        lambda r, c: actions.confirm(report=r, side="police", password=PASSWORD, by=c.leader),
        lambda r, c: actions.send(report=r, by=c.officer),
        lambda r, c: actions.recall(report=r, by=c.officer),
        lambda r, c: actions.return_report(report=r, notes=[("sessions", "Sai")], by=c.province),
        lambda r, c: actions.accept(report=r, by=c.province),
    ],
)
def test_nothing_moves_an_accepted_report(cast, act):
    report = accepted(cast)
    with pytest.raises(ReportError, match="«Đã tiếp nhận»"):
        act(report, cast)
    assert fresh(report).state == "accepted"


@pytest.mark.parametrize("who", ["neighbour", "other_province", "province_admin", "national", "admin"])
def test_outsiders_can_do_nothing(cast, who):
    person, report = getattr(cast, who), sent(cast)
    for act in (
        lambda: actions.edit_section(report=report, key="plan", text="x", by=person),
        lambda: actions.confirm(report=report, side="police", password=PASSWORD, by=person),
        lambda: actions.send(report=report, by=person),
        lambda: actions.recall(report=report, by=person),
        lambda: actions.return_report(report=report, notes=[("sessions", "Sai")], by=person),
        lambda: actions.accept(report=report, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_second_writer_does_not_overwrite_the_first(cast):
    report = draft()
    revision = report.sections.get(key="plan").revision
    actions.edit_section(report=report, key="plan", text="Một", by=cast.officer, revision=revision)
    with pytest.raises(ReportError, match="vừa sửa mục này"):
        actions.edit_section(report=report, key="plan", text="Hai", by=cast.colleague, revision=revision)
    assert report.sections.get(key="plan").text == "Một"


def test_a_section_goes_back_to_the_machine(cast):
    report = draft()
    actions.edit_section(report=report, key="results", text="Viết tay", by=cast.officer)
    hold_session(cast.officer)
    section = actions.redraft_section(report=report, key="results", by=cast.officer)
    assert section.text.startswith("Trong kỳ đã tổ chức 1 buổi tuyên truyền")
    assert not section.is_edited


def test_text_is_kept_composed_and_without_control_characters(cast):
    report = draft()
    decomposed = "Ho\u0300a gia\u0309i\x00 ở cơ sở"
    actions.edit_section(report=report, key="plan", text=decomposed, by=cast.officer)
    assert report.sections.get(key="plan").text == "Hòa giải ở cơ sở"


def test_a_text_that_is_too_long_is_refused_in_vietnamese(cast):
    with pytest.raises(ReportError, match=r"dài quá 20\.000 ký tự"):
        actions.edit_section(report=draft(), key="plan", text="ắ" * 20001, by=cast.officer)


def test_who_sees_which_reports(cast):
    from portal.access.permissions import Permission

    accepted(cast)
    seen = {
        name: Report.objects.visible_to(user, Permission.REPORT_VIEW).count()
        for name, user in cast.everyone()
    }
    own = ("officer", "colleague", "leader", "front_leader")
    above = ("province", "province_front", "province_leader", "province_front_leader")
    assert {name for name, count in seen.items() if count} == {*own, *above}


def test_the_log_of_events_names_who_and_when(cast):
    report = sent(cast)
    last = ReportEvent.objects.filter(report=report).last()
    assert (last.by, last.verb) == (cast.officer, "sent")


def test_remarks_that_people_wrote_are_called_stale_when_the_figures_move(cast):
    hold_session(cast.officer)
    report = draft()
    actions.edit_section(report=report, key="results", text="Tổ chức 1 buổi, 80 lượt người.", by=cast.officer)
    assert stale_sections(report) == []
    hold_session(cast.officer)
    assert stale_sections(report) == ["results"]
    actions.edit_section(report=report, key="results", text="Tổ chức 2 buổi.", by=cast.officer)
    assert stale_sections(report) == []


def test_the_draft_saved_as_it_is_goes_on_following_the_figures(cast):
    report = draft()
    text = content_of(report)["sections"][2]["text"]
    section = actions.edit_section(report=report, key="results", text=text, by=cast.officer)
    assert not section.is_edited
    hold_session(cast.officer)
    assert "1 buổi tuyên truyền" in content_of(report)["sections"][2]["text"]


def test_the_pages_say_what_is_stale_and_give_the_draft_back(cast, client):
    report = draft()
    actions.edit_section(report=report, key="results", text="Viết tay.", by=cast.officer)
    hold_session(cast.officer)
    client.force_login(cast.officer)
    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert "Số liệu đã đổi sau khi viết" in page
    form = client.get(reverse("reports:edit_section", args=[report.pk, "results"])).content.decode()
    assert "Trong kỳ đã tổ chức 1 buổi tuyên truyền" in form
    client.post(reverse("reports:redraft", args=[report.pk, "results"]))
    assert not report.sections.get(key="results").is_edited
