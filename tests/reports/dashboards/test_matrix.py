"""Units × periods: how far each report is, in words, and how much was logged; the nation in numbers."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports import actions
from reports.dashboards.matrix import periods_of
from tests.factories import reports as make
from tests.factories.user import THANH_SEN, TRAN_PHU, commune
from tests.reports.browsing import signed_in, text_of

NAME = "Phường Thành Sen"


def answer(user, **query):
    return signed_in(user).get(reverse("reports:sending_matrix"), query)


def row_of(response, name):
    """{period: cell} of a unit, on whichever page it stands."""
    row = next(row for row in response.context["rows"] if row.name == name)
    return dict(zip([period.label for period in response.context["periods"]], row.cells, strict=True)), row


def page_with(user, name):
    for page in (1, 2, 3):
        found = answer(user, page=page)
        if any(row.name == name for row in found.context["rows"]):
            return found
    raise AssertionError(name)


def test_a_cell_says_the_state_and_what_was_logged(cast):
    make.hold_session(cast.officer, date(2026, 10, 20))
    make.hold_session(cast.officer, date(2026, 11, 16))
    cells, _ = row_of(page_with(cast.province, NAME), NAME)
    assert cells["tháng 11/2026"].tags == (("Chưa mở kỳ", ""),)
    report = make.accepted(cast)
    cells, row = row_of(page_with(cast.province, NAME), NAME)
    november = cells["tháng 11/2026"]
    assert november.tags[0] == ("Đã tiếp nhận", "done") and november.note == "1 hoạt động"
    assert november.url == reverse("reports:detail", args=[report.pk])
    assert row.last == "16/11/2026"


def test_nothing_to_report_and_what_was_sent_too_late_are_said(cast):
    report = make.draft()
    type(report).objects.filter(pk=report.pk).update(due_on=date(2026, 11, 15))
    make.confirm(make.fresh(report), cast)
    actions.send(report=make.fresh(report), by=cast.officer)
    cells, _ = row_of(page_with(cast.province, NAME), NAME)
    words = [words for words, _ in cells["tháng 11/2026"].tags]
    assert words == ["Chờ tiếp nhận", "Gửi chậm", "Không phát sinh"]


def test_a_draft_has_not_been_sent(cast):
    make.draft(commune(TRAN_PHU))
    cells, _ = row_of(page_with(cast.province, "Phường Trần Phú"), "Phường Trần Phú")
    assert cells["tháng 11/2026"].tags[0][0] == "Chưa gửi báo cáo (dự thảo)"


def test_the_nation_reads_numbers_alone(cast):
    make.hold_session(cast.officer)
    make.sent(cast)
    make.draft(commune(TRAN_PHU))
    for response in (answer(cast.national, page=1), answer(cast.national, tinh="42")):
        cells, _ = row_of(response, "Tỉnh Hà Tĩnh")
        assert cells["tháng 11/2026"].tags[0] == ("Đã gửi 1/69", "wait")
        assert cells["tháng 11/2026"].note == "1 xã có số liệu" and NAME not in text_of(response)
    assert answer(cast.other_province, tinh="42").status_code == 404
    assert answer(cast.officer).status_code == 403


@pytest.mark.parametrize("activities", [1, 9])
def test_queries_do_not_grow(cast, django_assert_max_num_queries, activities):
    for n in range(activities):
        make.hold_session(cast.officer, attendances=n)
    for code in (THANH_SEN, TRAN_PHU)[:activities]:
        make.draft(commune(code))
    for user, most in ((cast.province, 15), (cast.national, 14)):
        client = signed_in(user)
        with django_assert_max_num_queries(most):
            assert client.get(reverse("reports:sending_matrix")).status_code == 200


def test_the_workbook_has_every_unit(cast):
    make.sent(cast)
    file = signed_in(cast.province).get(reverse("reports:dashboard_excel"), {"ky": make.NOVEMBER.key})
    sheet = load_workbook(io.BytesIO(file.content))["Gửi báo cáo qua các kỳ"]
    found = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert len(found) == 70
    assert any("Chờ tiếp nhận" in cell for cell in found[NAME] if cell)


def test_a_period_that_was_asked_for_is_shown_also_before_it_was_owed(cast):
    owed, day = make.obligation(), date(2026, 11, 24)
    assert periods_of(owed, day) == [make.NOVEMBER]
    make.draft(period=make.OCTOBER)
    assert periods_of(owed, day) == [make.OCTOBER, make.NOVEMBER]
