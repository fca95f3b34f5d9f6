"""An indicator that administrators added: from the entry to the report's line, its rows and its files."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from programs.activities.custom.models import CustomIndicator
from programs.activities.custom.parts import enter
from programs.activities.tally import verify
from reports.content import content_of
from reports.diff import late_difference
from reports.exports import render_report
from reports.province_glance import province_totals
from tests.factories import reports as make
from tests.factories.user import commune
from tests.reports.browsing import signed_in, text_of
from tests.reports.test_compiling import of_neighbour


@pytest.fixture
def fireworks(db):
    """ "Pháo giao nộp (kg)", one decimal, for the whole country."""
    return CustomIndicator.objects.create(
        name="Pháo giao nộp",
        measure_unit="kg",
        group="Vũ khí, vật liệu nổ, pháo",
        decimals=1,
        nature="flow",
        active_from=date(2025, 1, 1),
    )


def line_of(report, indicator):
    return next(line for line in content_of(report)["lines"] if line["indicator"] == indicator.slug)


def test_it_is_reported_traced_frozen_and_exported(cast, fireworks):
    for amount in ("0.1", "0.2", "2.2"):
        enter(make.hold_session(cast.officer), fireworks, Decimal(amount))
    enter(make.hold_session(cast.officer, date(2025, 10, 20)), fireworks, Decimal("2"))
    report = make.draft()
    line = line_of(report, fireworks)
    assert (line["name"], line["measure_unit"]) == ("Pháo giao nộp", "kg")
    assert (line["current"], line["same_period"], line["change"]) == (2.5, 2, 0.5)
    assert line["change_percent"] == "+25%"
    client = signed_in(cast.officer)
    assert "Pháo giao nộp kg 2,5 2 +0,5 (+25%)" in text_of(client.get(f"/bao-cao/{report.pk}/"))

    report = make.accepted(cast)
    rows = client.get(reverse("reports:line", args=[report.pk, fireworks.slug])).context
    assert rows["total"] == "2,5" and sorted(row.amount for row in rows["rows"]) == ["0,1", "0,2", "2,2"]
    compiled = make.compiled(cast)
    assert line_of(compiled, fireworks)["current"] == 2.5
    for found in (report, compiled):
        assert_files_say(found, 2.5)

    enter(make.hold_session(cast.officer), fireworks, Decimal("0.3"))
    late = {each.name: each.words for each in late_difference(report)}
    assert late["Pháo giao nộp"] == "+0,3 kg"
    assert line_of(report, fireworks)["current"] == 2.5 and verify() == ([], [])


def assert_files_say(report, amount):
    said = str(amount).replace(".", ",")
    pdf = PdfReader(io.BytesIO(render_report(report, "pdf")))
    assert said in "".join(page.extract_text() for page in pdf.pages)
    tables = Document(io.BytesIO(render_report(report, "docx"))).tables
    assert said in [cell.text for table in tables for row in table.rows for cell in row.cells]
    book = load_workbook(io.BytesIO(render_report(report, "xlsx")))
    assert amount in [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def test_sums_of_several_communes_are_those_of_the_digits(cast, fireworks):
    """0.1 and 0.2 are 0,3, not 0,30000000000000004: below the province's line, and for the whole country."""
    enter(make.hold_session(cast.officer), fireworks, Decimal("0.1"))
    there = commune("18100")
    enter(make.hold_session(cast.neighbour, unit=there), fireworks, Decimal("0.2"))
    make.accepted(cast)
    of_neighbour(cast, accept=True)
    compiled = make.compiled(cast)
    page = signed_in(cast.province).get(reverse("reports:line", args=[compiled.pk, fireworks.slug]))
    assert page.context["total"] == "0,3"
    make.confirm(compiled, cast)
    (line,) = [each for each in province_totals(cast.national)["lines"] if each["name"] == fireworks.name]
    assert line["current"] == "0,3"


def test_in_use_and_nothing_counted_is_a_line_of_zero_and_out_of_use_is_none(cast, fireworks):
    assert line_of(make.draft(), fireworks)["current"] == 0
    CustomIndicator.objects.update(active_to=date(2025, 12, 31))
    slugs = {line["indicator"] for line in content_of(make.fresh(make.draft()))["lines"]}
    assert fireworks.slug not in slugs


def test_that_of_another_province_is_no_line_here(cast, fireworks):
    CustomIndicator.objects.update(province=commune("16939").today_province)
    slugs = {line["indicator"] for line in content_of(make.draft())["lines"]}
    assert fireworks.slug not in slugs
