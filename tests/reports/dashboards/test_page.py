"""The province's dashboard: the figures of the log and of the report, in a fixed number of queries."""

import io
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.ui.numbers import number
from portal.units.models import AdminUnit
from programs.activities.custom.models import StockReading
from programs.activities.indicators import INDICATORS
from programs.awareness.models import AwarenessSession
from reports import calendar
from reports.content import live_content
from reports.dashboards.board import Board
from tests.factories import reports as make
from tests.factories.custom import cameras, enter, fireworks
from tests.factories.user import TRAN_PHU, commune, province
from tests.reports.browsing import signed_in, text_of

NOVEMBER = {"ky": make.NOVEMBER.key}


def page(user, **query):
    return signed_in(user).get(reverse("reports:dashboard"), query)


def test_the_figures_are_those_of_the_log_and_of_the_report(cast):
    make.hold_session(cast.officer, attendances=412, tips=3)
    make.hold_session(cast.officer, date(2025, 10, 20), attendances=1000)
    make.hold_session(cast.neighbour, unit=commune(TRAN_PHU), attendances=600)
    context = page(cast.province, **NOVEMBER).context
    shown = {row["name"]: row for group in context["groups"] for row in group["rows"]}
    row = shown["Lượt người tham dự tuyên truyền"]
    assert (row["current"], row["same_period"], row["change"]) == ("1.012", "1.000", "+12 (+1,2%)")
    line = next(
        line for line in live_content(make.draft())["lines"] if line["indicator"] == "session_attendances"
    )
    communes = {row["name"]: row["current"] for row in page(
        cast.province, **NOVEMBER, **{"chi-tieu": "session_attendances"}
    ).context["units"]["rows"]}  # fmt: skip
    assert communes["Phường Thành Sen"] == number(line["current"]) == "412"
    assert communes["Phường Trần Phú"] == "600" and len(communes) == 69


def test_a_commune_leads_to_the_activities_behind_its_figure(cast):
    make.hold_session(cast.officer, attendances=412, title="Tuyên truyền quản lý, sử dụng pháo")
    make.hold_session(cast.officer, date(2026, 11, 16), title="Buổi của kỳ sau")
    rows = page(cast.province, **NOVEMBER).context["units"]["rows"]
    address = next(row["url"] for row in rows if row["name"] == "Phường Thành Sen")
    said = text_of(signed_in(cast.province).get(address))
    assert "Tuyên truyền quản lý, sử dụng pháo" in said and "Buổi của kỳ sau" not in said


def test_what_became_a_commune_counts_with_it(cast):
    old = AdminUnit.objects.communes().get(code="18100", valid_to__isnull=False)
    AwarenessSession.objects.create(
        unit=old,
        side="police",
        logged_by=cast.province,
        held_on=date(2024, 10, 20),
        title="Tuyên truyền",
        form="gathering",
        attendances=77,
    )
    board = Board(province(), calendar.month(11, 2024))
    assert board.by_unit[old.today_unit_id]["session_attendances"] == 77
    assert sum(figure.current for figure in board.figures()) == 78


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.dates(date(2025, 11, 1), date(2026, 11, 23)), st.integers(0, 10_000_000)), max_size=6
    ),
    start=st.dates(date(2025, 11, 1), date(2026, 11, 23)),
    days=st.integers(0, 200),
)
def test_any_range_shows_the_sum_of_its_rows(cast, rows, start, days):
    AwarenessSession.objects.all().delete()
    for day, attendances in rows:
        make.hold_session(cast.officer, day, attendances=attendances)
    period = calendar.custom(start, date.fromordinal(start.toordinal() + days))
    inside = [attendances for day, attendances in rows if period.contains(day)]
    figures = {f.indicator.slug: f.current for f in Board(province(), period).figures()}
    assert (figures["sessions"], figures["session_attendances"]) == (len(inside), sum(inside))


def test_the_trend_adds_up_to_the_year(cast):
    for month in range(1, 11):
        make.hold_session(cast.officer, date(2026, month, month + 10), attendances=month)
    board = Board(province(), calendar.year(2026))
    assert sum(board.series("session_attendances")) == sum(range(1, 11))
    assert board.series("session_attendances", years_back=1) == [0] * 24
    assert Board(province(), calendar.year(2025)).breaks() == [(13, "1/7/2025")]


@pytest.mark.parametrize("activities", [1, 25])
def test_queries_do_not_grow_with_the_log(cast, django_assert_max_num_queries, activities):
    for n in range(activities):
        make.hold_session(cast.officer, attendances=n)
    client = signed_in(cast.province)
    with django_assert_max_num_queries(47):
        assert client.get(reverse("reports:dashboard"), NOVEMBER).status_code == 200


def test_nonsense_in_the_address_is_the_last_closed_month(cast):
    last = calendar.last_closed("month", "decree", date.today())
    for query in ({"ky": "x"}, {"lich": "moon"}, {"tu": "31/02/2026", "den": "x"}, {"chi-tieu": "'; --"}):
        assert page(cast.province, **query).context["period"] == last


def test_two_days_make_a_range_and_a_wrong_order_says_so(cast):
    period = page(cast.province, tu="01/01/2026", den="08/04/2026").context["period"]
    assert (period.start, period.end) == (date(2026, 1, 1), date(2026, 4, 8))
    assert "không được trước" in text_of(page(cast.province, tu="08/04/2026", den="01/01/2026"))


def test_the_workbook_has_every_commune_and_the_same_sum(cast):
    make.hold_session(cast.officer, attendances=412)
    make.hold_session(cast.neighbour, unit=commune(TRAN_PHU), attendances=600)
    answer = signed_in(cast.province).get(reverse("reports:dashboard_excel"), NOVEMBER)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    column = rows[0].index("Lượt người tham dự tuyên truyền (lượt người)")
    figures = [row[column] for row in rows[1:]]
    assert len(figures) == 70 and figures[-1] == sum(figures[:-1]) == 1012
    assert len(rows[0]) == 2 + len(INDICATORS)


@pytest.mark.parametrize("stranger", ["officer", "leader", "admin", "province_admin"])
def test_it_is_for_those_above_the_communes(cast, stranger):
    assert page(getattr(cast, stranger)).status_code == 403


def test_another_province_is_not_shown(cast):
    assert page(cast.other_province, tinh="42").status_code == 404
    assert page(cast.other_province).context["board"].code == "40"


def test_what_administrators_added_is_there_with_its_digits_and_a_stock_is_no_activity(cast):
    weighed, stock = fireworks(), cameras()
    enter(make.hold_session(cast.officer), weighed, "2.5")
    enter(make.hold_session(cast.neighbour, unit=commune(TRAN_PHU)), weighed, "0.1")
    reading = {"indicator": stock, "as_of": date(2026, 11, 1), "value": 7, "logged_by": cast.officer}
    StockReading.objects.create(unit=commune("18115"), **reading)
    answer = page(cast.province, **NOVEMBER, **{"chi-tieu": weighed.slug})
    assert "Pháo giao nộp (kg) 2,6" in text_of(answer) and "Camera an ninh (chiếc) 7" in text_of(answer)
    assert commune("18115").full_name in answer.context["quiet"]
    assert "xu-huong" not in answer.content.decode().split("don-vi", 1)[0].split("cols")[-1]
    sheet = load_workbook(
        io.BytesIO(signed_in(cast.province).get(reverse("reports:dashboard_excel"), NOVEMBER).content)
    ).active
    (heads, *_rows, last) = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert last[heads.index("Pháo giao nộp (kg)")] == 2.6 and last[heads.index("Camera an ninh (chiếc)")] == 7
