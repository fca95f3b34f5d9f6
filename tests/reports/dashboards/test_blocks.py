"""What stands beside the figures of the log: each block says what the page that it leads to says."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import reports as make
from tests.factories.festivals import area, festival
from tests.factories.user import TRAN_PHU, commune
from tests.reports.browsing import signed_in

NOVEMBER = {"ky": make.NOVEMBER.key}


def answer(user, name="reports:dashboard", **query):
    return signed_in(user).get(reverse(name), NOVEMBER | query)


def block(user, slug: str):
    return next(each for each in answer(user).context["blocks"] if each.slug == slug)


def sheet(user, title: str) -> list[tuple]:
    book = load_workbook(io.BytesIO(answer(user, "reports:dashboard_excel").content))
    name = next(name for name in book.sheetnames if name.startswith(title))
    return list(book[name].iter_rows(values_only=True))


def test_festivals_are_those_of_the_page_of_coverage(cast):
    held, _missing = area("Tổ dân phố 1"), area("Tổ dân phố 2")
    area("Tổ dân phố 1", commune(TRAN_PHU))
    festival(cast.officer, held)
    found = block(cast.province, "ngay-hoi")
    rows = {row.name: row.cells for row in found.rows}
    assert rows["Phường Thành Sen"] == (2, 1, 0, 1, "50% (1/2)") and len(rows) == 69
    linked = signed_in(cast.province).get(found.facts[0].url).context
    assert found.facts[0].figure == "33,33% (1/3)" and linked["whole"].held == 1
    assert found.rows[0].name == "Phường Trần Phú" == linked["rows"][0].unit.full_name
    assert ("Phường Thành Sen", 2, 1, 0, 1, "50% (1/2)") in sheet(cast.province, "Ngày hội")
