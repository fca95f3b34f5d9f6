"""Việc cần làm: this month of the own commune beside last year's, with the activities behind each figure."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Posting, Role, Side
from reports.this_month import month_to
from tests.factories import custom
from tests.factories.reports import hold_session
from tests.factories.user import commune
from tests.reports.browsing import signed_in, text_of

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def home(user):
    return text_of(signed_in(user).get("/"))


def rows(user, slug="sessions", **query):
    return signed_in(user).get(reverse("reports:month_rows", args=[slug]), query)


def test_last_years_figure_stops_on_the_same_day():
    month = month_to(TODAY)
    assert month.label == "tháng 12/2026"
    assert (month.now.start, month.now.end) == (date(2026, 11, 15), TODAY)
    assert (month.before.start, month.before.end) == (date(2025, 11, 15), date(2025, 11, 24))
    assert month_to(date(2028, 2, 29)).before.end == date(2027, 2, 28)


@pytest.mark.parametrize("who", ["officer", "leader"])
def test_the_month_of_the_commune_stands_beside_last_years(cast, who):
    hold_session(cast.officer, date(2026, 11, 14), title="Hết kỳ trước")
    hold_session(cast.officer, date(2026, 11, 15), attendances=80)
    hold_session(cast.officer, TODAY, attendances=40)
    hold_session(cast.officer, date(2025, 11, 24), attendances=100)
    hold_session(cast.officer, date(2025, 11, 25))
    hold_session(cast.neighbour, TODAY, unit=commune("18100"))
    said = home(getattr(cast, who))
    assert "Tháng 12/2026, từ 15/11/2026 đến hôm nay; cùng kỳ đến hết 24/11/2025" in said
    assert "Buổi tuyên truyền (buổi) 2 buổi, xem hoạt động 1 buổi cùng kỳ, xem hoạt động +1 (+100%)" in said
    assert "Lượt người tham dự tuyên truyền (lượt người) 120 lượt người" in said
    assert "Không phát sinh: Nguồn tin" in said


def test_an_empty_month_says_so(cast):
    assert "Chưa có hoạt động nào được ghi trong tháng này" in home(cast.officer)


def test_who_logs_nowhere_has_no_month(cast):
    assert "Tháng này so với cùng kỳ" not in home(cast.province)


def test_what_administrators_added_counts_too(cast):
    fireworks = custom.fireworks()
    custom.enter(hold_session(cast.officer, TODAY), fireworks, "2.5")
    assert f"{fireworks.name} ({fireworks.measure_unit}) 2,5" in home(cast.officer)
    assert "Cộng 1 dòng 2,5" in text_of(rows(cast.officer, fireworks.slug))


def test_a_figure_opens_its_activities(cast):
    hold_session(cast.officer, TODAY, title="Tuyên truyền phòng, chống ma túy")
    hold_session(cast.officer, date(2025, 11, 20), title="Ký cam kết không đốt pháo")
    page = signed_in(cast.officer).get("/").content.decode()
    address = f"{reverse('reports:month_rows', args=['sessions'])}?don-vi=18073"
    assert f'href="{address}"' in page and f'href="{address}&amp;nam=truoc"' in page
    said = text_of(rows(cast.officer))
    assert "Tuyên truyền phòng, chống ma túy" in said and "Cộng 1 dòng 1" in said
    before = text_of(rows(cast.officer, nam="truoc"))
    assert "Ký cam kết không đốt pháo" in before and "ma túy" not in before


def test_the_figure_is_the_sum_of_what_it_opens(cast):
    for day in (15, 20, 24):
        hold_session(cast.officer, date(2026, 11, day), attendances=day)
    answer = rows(cast.officer, "session_attendances")
    assert answer.context["total"] == "59" and "59 lượt người" in home(cast.officer)


def test_another_communes_month_does_not_exist(cast):
    for query in ({"don-vi": "18100"}, {"don-vi": "không có"}):
        assert rows(cast.officer, **query).status_code == 404
    assert rows(cast.officer, "khong-co").status_code == 404
    assert rows(cast.officer, "x999").status_code == 404
    assert rows(cast.province).status_code == 403


def test_of_two_communes_each_has_its_own_figures(cast):
    Posting.objects.create(
        user=cast.officer, unit=commune("18100"), side=Side.POLICE, role=Role.COMMUNE_OFFICER,
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    hold_session(cast.neighbour, TODAY, unit=commune("18100"))
    said = home(cast.officer)
    assert "Phường Thành Sen Chưa có hoạt động" in said and "Phường Trần Phú: số liệu trong tháng" in said


def test_the_questions_do_not_grow_with_what_was_logged(cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.officer)
    hold_session(cast.officer, TODAY)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    for number in range(7):
        hold_session(cast.officer, date(2026, 11, 15 + number))
        hold_session(cast.officer, date(2025, 11, 15 + number))
    with django_assert_num_queries(len(asked)):
        client.get("/")
    assert len(asked) <= 30
