"""What stands out, by rules that anyone can check."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.awareness.models import AwarenessSession
from reports import actions
from reports.dashboards.board import Board
from reports.dashboards.standouts import standouts
from reports.holidays import due_on, last_day_before
from reports.models import PublicHoliday
from tests.factories import reports as make
from tests.factories.user import province
from tests.reports.browsing import signed_in, text_of

TODAY, DAY = date(2026, 11, 24), timedelta(days=1)


def facts(words: str, today=TODAY) -> list:
    found = standouts(Board(province(), make.NOVEMBER), today)
    return [(fact.number, [name for name, _url in fact.places]) for fact in found if words in fact.text]


@pytest.mark.parametrize(
    ("before", "now", "falls", "rises"),
    [(19, 0, 0, 0), (20, 10, 0, 0), (20, 9, 1, 0), (20, 30, 0, 0), (20, 31, 0, 1), (400, 0, 1, 0)],
)
def test_by_more_than_half_where_there_were_twenty(cast, before, now, falls, rises):
    make.hold_session(cast.officer, date(2025, 10, 20), attendances=before)
    make.hold_session(cast.officer, attendances=now)
    assert len(facts("giảm quá nửa so cùng kỳ: lượt người")) == falls
    assert len(facts("tăng quá nửa so cùng kỳ: lượt người")) == rises


def test_where_nothing_was_logged(cast):
    make.hold_session(cast.officer)
    ((number, names),) = facts("chưa ghi hoạt động")
    assert number == len(names) == 68 and "Phường Thành Sen" not in names
    AwarenessSession.objects.all().delete()
    assert facts("chưa ghi hoạt động")[0][0] == 69


def test_returned_for_more_than_five_working_days(cast):
    report = make.sent(cast)
    actions.return_report(report=report, notes=[("sessions", "Kiểm tra lại")], by=cast.province)
    last = due_on(timezone.localdate(), 5)
    assert facts("yêu cầu bổ sung", last) == []
    assert facts("yêu cầu bổ sung", last + DAY) == [(1, ["Phường Thành Sen"])]
    elsewhere = standouts(Board(province("40"), make.NOVEMBER), last + DAY)
    assert [fact.text for fact in elsewhere] == ["đơn vị chưa ghi hoạt động nào trong kỳ"]


def test_the_days_before_are_the_other_side_of_the_deadline(cast):
    PublicHoliday.objects.create(day=date(2026, 11, 20), name="Nghỉ bù", source="Thử")
    for offset in range(40):
        today = TODAY - timedelta(days=offset)
        last = last_day_before(today, 5)
        assert due_on(last, 5) < today <= due_on(last + timedelta(days=1), 5)


def test_a_correction_of_what_was_closed(cast):
    make.hold_session(cast.officer)
    report = make.accepted(cast)
    assert facts("điều chỉnh") == []
    make.hold_session(cast.officer, date(2026, 11, 2))
    actions.next_version(report=report, by=cast.officer)
    today = timezone.localdate()
    assert facts("điều chỉnh", today + 29 * DAY) == [(1, ["Phường Thành Sen"])]
    assert facts("điều chỉnh", today + 30 * DAY) == []


def test_it_stands_on_the_first_page_of_those_who_review_and_leads_on(cast):
    make.hold_session(cast.officer, date(2025, 10, 20), attendances=400)
    make.hold_session(cast.officer, attendances=100)
    said = text_of(signed_in(cast.province).get("/"))
    assert "1 đơn vị giảm quá nửa so cùng kỳ: lượt người tham dự tuyên truyền" in said, said
    assert "quá nửa" not in text_of(signed_in(cast.officer).get("/"))
    page = signed_in(cast.province).get(reverse("reports:dashboard"), {"ky": make.NOVEMBER.key})
    fact = next(each for each in page.context["standouts"] if "lượt người" in each.text)
    linked = signed_in(cast.province).get(fact.url).context
    row = next(row for row in linked["units"]["rows"] if row["name"] == "Phường Thành Sen")
    assert (linked["period"], row["change"]) == (make.NOVEMBER, "−300 (−75%)")
