"""Reports as the portal builds them, in every state, as files."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from programs.activities.indicators import INDICATORS
from reports import actions
from reports.content import content_of
from reports.exports import FORMATS, render_report
from reports.models import IssuedFile
from tests.factories import reports as make
from tests.reports.exports.reading import docx_tables, docx_text, grouped, pdf_text, squeezed, xlsx_rows

pytestmark = pytest.mark.django_db
MARK = squeezed("DỰ THẢO – CHƯA XÁC NHẬN")


@pytest.fixture
def report(cast):
    make.hold_session(cast.officer, attendances=1012, tips=11)
    make.hold_session(cast.officer, attendances=None)
    make.mediate(cast.officer, concluded=make.date(2026, 10, 30), outcome="succeeded")
    return make.draft()


def test_draft_has_the_figures_of_its_page_and_says_that_it_is_one(report):
    lines = content_of(report)["lines"]
    pdf, word, excel = (render_report(report, kind) for kind in ("pdf", "docx", "xlsx"))
    assert MARK in pdf_text(pdf) and MARK in squeezed(docx_text(word))
    assert [row[3] for row in figures_in(docx_tables(word)[0][1:])] == [
        grouped(item["current"]) for item in lines
    ]
    assert [row[3] for row in figures_in(xlsx_rows(excel, "Phụ lục I"))] == [x["current"] for x in lines]
    assert squeezed("lượt người1.012") in pdf_text(pdf)
    assert not IssuedFile.objects.exists()


def page_rows(html: str) -> list[list[str]]:
    """The cells of the page's table of figures: name, unit, this period, same period, change, cumulative."""
    table = re.search(r'<table class="rows">.*?Số liệu của báo cáo.*?</table>', html, re.DOTALL)[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)[1:] for row in rows]
    shown = [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]
    assert [row[0] for row in shown if len(row) == 1][:2] == [
        INDICATORS[0].group,
        "Nguồn tin về an ninh, trật tự",
    ]
    return [row for row in shown if len(row) > 1]


def figures_in(rows: list[list]) -> list[list]:
    """The rows without the heads of groups, which have no number."""
    return [row for row in rows if row[0]]


@pytest.mark.parametrize("is_accepted", [False, True], ids=["draft", "accepted"])
def test_page_pdf_word_and_excel_say_the_same(report, cast, client, is_accepted):
    make.hold_session(cast.officer, make.date(2025, 10, 20), attendances=940)
    if is_accepted:
        report = make.confirm(report, cast)
        actions.send(report=report, by=cast.officer)
        actions.accept(report=make.fresh(report), by=cast.province)
        report = make.fresh(report)
    client.force_login(cast.leader)
    page = page_rows(client.get(reverse("reports:detail", args=[report.pk])).content.decode())
    pdf, word, excel = (
        client.get(reverse("reports:download", args=[report.pk, kind])).content for kind in FORMATS
    )
    table = figures_in(docx_tables(word)[0][1:])
    # TT, name, unit, this period, same period, difference, per cent, cumulative, note
    assert [[row[1], row[2], row[3], row[4], row[7]] for row in table] == [
        [row[0], row[1], row[2], row[3], row[5]] for row in page
    ]
    for row, shown in zip(table, page, strict=True):
        change, percent = row[5], row[6]
        assert shown[4] in (f"{change} ({percent})", change)
        assert squeezed("".join(row)) in pdf_text(pdf)
    counted = figures_in(xlsx_rows(excel, "Phụ lục I"))
    assert [[grouped(row[3]), grouped(row[7])] for row in counted] == [[row[3], row[7]] for row in table]
    assert {row[2] for row in page if row[0].startswith("Lượt người tham dự tuyên")} == {"1.012"}


def test_a_report_with_one_of_two_confirmations_is_still_a_draft(report, cast):
    report = make.confirm(report, cast, "police")
    assert MARK in pdf_text(render_report(report, "pdf"))
    report = make.confirm(report, cast, "front")
    assert MARK not in pdf_text(render_report(report, "pdf"))


def test_accepted_report_is_issued_once_and_kept(report, cast):
    report = make.confirm(report, cast)
    actions.send(report=report, by=cast.officer)
    actions.accept(report=make.fresh(report), by=cast.province)
    report = make.fresh(report)
    for kind in FORMATS:
        first = render_report(report, kind)
        assert render_report(report, kind) == first
    assert IssuedFile.objects.filter(report=report).count() == 3


def test_files_are_read_with_few_queries(report, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        render_report(make.fresh(report), "xlsx")


def test_texts_of_officers_are_text_in_all_files(report, cast):
    section = report.sections.first()
    text = '=HYPERLINK("http://x") #strong[x] {{ 7*7 }} <b>'
    actions.edit_section(report=report, key=section.key, text=text, by=cast.officer)
    report = make.fresh(report)
    assert squeezed(text) in pdf_text(render_report(report, "pdf"))
    assert text in docx_text(render_report(report, "docx"))
    page = openpyxl.load_workbook(BytesIO(render_report(report, "xlsx")))["Nội dung"]
    assert [cell.data_type for cell in page["A"] if cell.value == text] == ["s"]
