"""Units side by side by area, households, people: what is not known is not zero, nobody is ranked unasked."""

import io
from datetime import date
from decimal import Decimal

from django.urls import reverse
from openpyxl import load_workbook

from portal.units.models import ResidentialAreaSize
from reports.dashboards.bases import AREA, HOUSEHOLDS, PEOPLE, sizes
from reports.dashboards.board import Board
from tests.factories import reports as make
from tests.factories.festivals import area
from tests.factories.user import THANH_SEN, TRAN_PHU, commune, province
from tests.reports.browsing import signed_in, text_of

NOVEMBER = {"ky": make.NOVEMBER.key}


def page(user, **query):
    return signed_in(user).get(reverse("reports:dashboard"), NOVEMBER | query)


def size(of, as_of=date(2026, 1, 1), **counts):
    return ResidentialAreaSize.objects.create(area=of, as_of=as_of, **counts)


def test_households_are_the_latest_of_every_area_until_the_last_day_of_the_period(cast):
    one, two = area("Tổ dân phố 1"), area("Tổ dân phố 2")
    size(one, households=100, people=400)
    size(one, date(2026, 6, 1), households=150)
    size(one, date(2026, 11, 20), households=900)
    size(two, households=50)
    half_known = area("Tổ dân phố 1", commune(TRAN_PHU))
    size(half_known, households=10)
    area("Tổ dân phố 2", commune(TRAN_PHU))
    board = Board(province(), make.NOVEMBER)
    assert sizes(board, HOUSEHOLDS) == {commune(THANH_SEN).pk: 200}
    assert sizes(board, PEOPLE) == {}
    assert sizes(Board(None, make.NOVEMBER), HOUSEHOLDS) == {}


def test_a_rate_is_said_where_its_base_is_known_and_never_zero_elsewhere(cast):
    size(area("Tổ dân phố 1"), households=400)
    make.hold_session(cast.officer, attendances=412)
    answer = page(cast.province, **{"chi-tieu": "session_attendances", "tinh-theo": "ho"})
    rows = {row["name"]: row["rate"] for row in answer.context["units"]["rows"]}
    assert rows["Phường Thành Sen"] == "1.030" and rows["Phường Trần Phú"] == "–"
    assert answer.context["units"]["total"]["rate"] == "–" and "68 đơn vị chưa đủ số liệu" in text_of(answer)


def test_a_province_has_the_area_of_its_communes(cast):
    make.hold_session(cast.officer, attendances=412)
    query = {"chi-tieu": "session_attendances", "tinh-theo": "dien-tich"}
    inside, nation = page(cast.province, **query), page(cast.national, **query)
    whole = sum(sizes(Board(province(), make.NOVEMBER), AREA).values())
    row = next(row for row in nation.context["units"]["rows"] if row["name"] == "Tỉnh Hà Tĩnh")
    assert row["rate"] == inside.context["units"]["total"]["rate"]
    assert Decimal(row["rate"].replace(",", ".")) == round(Decimal(41200) / whole, 2)
    assert "–" in {row["rate"] for row in nation.context["units"]["rows"]}  # two of its communes have no area


def test_ranking_is_on_request_and_puts_the_unknown_last(cast):
    make.hold_session(cast.neighbour, unit=commune(TRAN_PHU), attendances=600)
    size(area("Tổ dân phố 1"), households=400)
    make.hold_session(cast.officer, attendances=5)
    asked = {"chi-tieu": "session_attendances"}
    first = [page(cast.province, **asked, **more).context["units"]["rows"][0]["name"]
             for more in ({}, {"xep": "so"}, {"xep": "so", "tinh-theo": "ho"})]  # fmt: skip
    assert first[1:] == ["Phường Trần Phú", "Phường Thành Sen"]
    assert first[0] not in first[1:]


def test_the_workbook_has_the_rates_that_were_asked_for(cast):
    size(area("Tổ dân phố 1"), households=400)
    make.hold_session(cast.officer, attendances=412)
    answer = signed_in(cast.province).get(reverse("reports:dashboard_excel"), NOVEMBER | {"tinh-theo": "ho"})
    sheet = load_workbook(io.BytesIO(answer.content))["Trên 1.000 hộ"]
    heads, *rows = sheet.iter_rows(values_only=True)
    column = heads.index("Lượt người tham dự tuyên truyền (lượt người)")
    found = {row[1]: (row[2], row[column]) for row in rows}
    assert found["Phường Thành Sen"] == (400, 1030) and found["Phường Trần Phú"] == (None, None)
