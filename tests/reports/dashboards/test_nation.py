"""The nation's page: the sums of the provinces', which are the log's; who has sent, by numbers alone."""

import io
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.units.models import AdminUnit
from programs.awareness.models import AwarenessSession
from reports import calendar
from reports.dashboards.board import Board
from tests.factories import reports as make
from tests.factories.user import NGHE_AN, THANH_SEN, TRAN_PHU, commune, province
from tests.reports.browsing import signed_in, text_of

NOVEMBER = {"ky": make.NOVEMBER.key}
CODES = (THANH_SEN, TRAN_PHU, "16690")


def page(user, **query):
    return signed_in(user).get(reverse("reports:dashboard"), NOVEMBER | query)


def figures(board: Board) -> dict[str, int]:
    return {figure.indicator.slug: figure.current for figure in board.figures()}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(CODES), st.dates(date(2025, 11, 1), date(2026, 11, 23)), st.integers(0, 9000)
        ),
        max_size=6,
    ),
    start=st.dates(date(2025, 11, 1), date(2026, 11, 1)),
    days=st.integers(0, 200),
)
def test_the_nation_is_the_sum_of_its_provinces_and_of_the_rows(cast, rows, start, days):
    AwarenessSession.objects.all().delete()
    for code, day, attendances in rows:
        make.hold_session(cast.officer, day, unit=commune(code), attendances=attendances)
    period = calendar.custom(start, date.fromordinal(start.toordinal() + days))
    nation, inside = Board(None, period), [row for row in rows if period.contains(row[1])]
    parts = [Board(province(code), period) for code in ("42", NGHE_AN)]
    undivided = [Board(board.place, period, divided=False) for board in parts]
    assert figures(nation)["session_attendances"] == sum(row[2] for row in inside)
    for slug, figure in figures(nation).items():
        assert figure == sum(figures(board)[slug] for board in parts)
        assert figure == sum(figures(board)[slug] for board in undivided)
        assert figure == sum(nation.by_unit.get(unit.pk, {}).get(slug, 0) for unit in nation.units)
    for back in (0, 1):
        sums = [sum(board.series("sessions", years_back=back)) for board in (nation, *parts)]
        assert sums[0] == sums[1] + sums[2]


def test_provinces_stand_where_communes_stand_and_lead_to_their_pages(cast):
    make.hold_session(cast.officer, attendances=412)
    make.hold_session(cast.other_province, unit=commune("16690"), attendances=600)
    answer = page(cast.national, **{"chi-tieu": "session_attendances"})
    rows = {row["name"]: row for row in answer.context["units"]["rows"]}
    assert len(rows) == 34 and rows["Tỉnh Hà Tĩnh"]["current"] == "412"
    assert answer.context["kpis"][1]["current"] == "1.012"
    inside = signed_in(cast.national).get(reverse("reports:dashboard") + rows["Tỉnh Hà Tĩnh"]["url"])
    assert inside.context["kpis"][1]["current"] == "412" and "Cả nước" in text_of(inside)


def test_who_reads_the_nation_sees_no_commune(cast):
    make.hold_session(cast.officer, attendances=412)
    said = text_of(page(cast.national, tinh="42"))
    assert "412" in said and "Thành Sen" not in said and "Trần Phú" not in said
    answer = signed_in(cast.national).get(reverse("reports:dashboard_excel"), NOVEMBER | {"tinh": "42"})
    cells = [
        cell for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet.values for cell in row
    ]
    assert "Tỉnh Hà Tĩnh" in cells and "Phường Thành Sen" not in cells


def test_no_province_reads_the_nation(cast):
    assert page(cast.province).context["board"].code == "42"
    assert page(cast.other_province, tinh="42").status_code == 404


def test_who_has_sent_is_counted_by_province(cast):
    make.sent(cast)
    make.draft(commune(TRAN_PHU))
    owing = AdminUnit.objects.today().communes().under(province()).count()
    sending = page(cast.national).context["sending_by_province"]
    rows = {row["name"]: row for row in sending["rows"]}
    found = rows["Tỉnh Hà Tĩnh"]
    assert (found["raw"]["sent"], found["raw"]["missing"], found["raw"]["received"]) == (1, owing - 1, 0)
    beside = {count["label"]: count["number"] for count in page(cast.province).context["sending"]["counts"]}
    assert (beside["Chờ tiếp nhận"], beside["Chưa gửi báo cáo"]) == (found["sent"], found["missing"])
    assert len(rows) == 1 and "Tỉnh Nghệ An" in sending["unopened"]


@pytest.mark.parametrize("activities", [1, 12])
def test_queries_do_not_grow_with_the_log(cast, django_assert_max_num_queries, activities):
    for n in range(activities):
        make.hold_session(cast.officer, attendances=n)
        make.hold_session(cast.other_province, unit=commune("16690"), attendances=n)
    make.draft()
    client = signed_in(cast.national)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("reports:dashboard"), NOVEMBER).status_code == 200


def test_the_workbook_has_every_province_and_the_same_sum(cast):
    make.hold_session(cast.officer, attendances=412)
    answer = signed_in(cast.national).get(reverse("reports:dashboard_excel"), NOVEMBER)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    column = rows[0].index("Lượt người tham dự tuyên truyền (lượt người)")
    column_of = [row[column] for row in rows[1:]]
    assert len(column_of) == 35 and column_of[-1] == sum(column_of[:-1]) == 412


def test_the_sheet_to_print_has_every_table_open_and_says_what_was_chosen(cast):
    answer = page(cast.national, **{"chi-tieu": "patrols", "in": "1", "tinh-theo": "ho"})
    said = text_of(answer)
    assert "Chỉ tiêu: Ca tuần tra, canh gác (ca). Đơn vị so sánh: Trên 1.000 hộ. Xếp theo: tên đơn vị" in said
    shut = [part.split(">", 1)[0] for part in answer.content.decode().split("<details")[1:]]
    assert [attributes for attributes in shut if "open" not in attributes] == [' class="box no-print"']
    assert "in=1" not in answer.context["screen_url"] and "in=1" in page(cast.national).context["print_url"]
