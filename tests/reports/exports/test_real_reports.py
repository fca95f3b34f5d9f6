"""Reports as the portal builds them, in every state, as files."""

from io import BytesIO

import openpyxl
import pytest

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
    assert [row[3] for row in docx_tables(word)[0][1:]] == [grouped(item["current"]) for item in lines]
    assert [row[3] for row in xlsx_rows(excel, "Phụ lục I")][: len(lines)] == [x["current"] for x in lines]
    assert squeezed("lượt người1.012") in pdf_text(pdf)
    assert not IssuedFile.objects.exists()


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
