"""The form of Nghị định 30/2020/NĐ-CP, read from the files; what is odd is set as it is, never run."""

import unicodedata
import zipfile
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.exports import CONTENT_TYPES, FORMATS, file_name, fonts, pdf, render
from reports.exports.build_template import build
from reports.exports.documents import WORD_TEMPLATE
from reports.exports.fonts import SHIPPED, serif
from reports.exports.sheet import sheet_of
from reports.exports.text import clean, line, paragraphs
from tests.reports.exports.contents import FRONT, POLICE, commune, province
from tests.reports.exports.contents import line as figure_line
from tests.reports.exports.reading import docx_tables, docx_text, pdf_text, squeezed

# Every letter of Vietnamese, and what typst, jinja, Word and Excel would read as more than letters.
ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
MARKUP = '#strong[x] $x^2$ *y* _z_ <b>&amp; "q" {{ 7*7 }} {% raw %} {_{ }_} \\u{41} @ref // --- ${x}'


def documents(content: dict, **more) -> tuple[str, str]:
    return pdf_text(render(content, "pdf", **more)), squeezed(docx_text(render(content, "docx", **more)))


def cells_of(data: bytes) -> list:
    book = openpyxl.load_workbook(BytesIO(data))
    return [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "CÔNG AN TỈNH HÀ TĨNH",
        "CÔNG AN PHƯỜNG THÀNH SEN",
        "ỦY BAN MTTQ VIỆT NAM PHƯỜNG THÀNH SEN",
        "BAN THƯỜNG TRỰC",
        "TRƯỞNG CÔNG AN PHƯỜNG",
        "TM. BAN THƯỜNG TRỰC",
        "CHỦ TỊCH",
        "Thành Sen, ngày      tháng      năm 2026",
        "Nơi nhận:",
        "- Công an tỉnh Hà Tĩnh;",
        "- Lưu: VT.",
        "PHỤ LỤC I",
        "SỐ LIỆU THÁNG 11/2026 (TỪ 15/10/2026 ĐẾN 14/11/2026)",
        "1. Đặc điểm tình hình",
    ],
)
def test_joint_report_carries_both_issuers_and_the_parts_of_the_decree(text):
    for document in documents(commune()):
        assert squeezed(text) in document


def test_empty_sections_are_left_out_and_the_rest_numbered_on():
    sections = [
        {"key": "a", "title": "Một", "text": "x"},
        {"key": "b", "title": "Hai", "text": "  \n "},
        {"key": "c", "title": "Ba", "text": "y"},
    ]
    assert [s.heading for s in sheet_of(commune(sections=sections)).sections] == ["1. Một", "2. Ba"]


def test_single_issuer_has_the_signature_beside_the_recipients():
    content = commune(issuer=commune()["issuer"] | {"sides": ["police"], "blocks": [POLICE]})
    for document in documents(content):
        assert squeezed(FRONT["name"].split(" / ")[1]) not in document
        assert squeezed("TRƯỞNG CÔNG AN PHƯỜNG") in document


def test_draft_says_so_and_a_confirmed_report_does_not():
    mark = squeezed("DỰ THẢO – CHƯA XÁC NHẬN")
    assert all(mark in document for document in documents(commune(), draft=True))
    assert not any(mark in document for document in documents(commune()))
    excel = [str(cell.value) for cell in cells_of(render(commune(), "xlsx", draft=True))]
    assert "DỰ THẢO – CHƯA XÁC NHẬN" in excel


def test_nil_is_said():
    for document in documents(commune(nil=True)):
        assert squeezed("Không phát sinh trong kỳ") in document
    assert "Không phát sinh trong kỳ." in [c.value for c in cells_of(render(commune(nil=True), "xlsx"))]


def test_province_names_who_is_missing_and_lists_its_communes():
    said = "Chưa gửi báo cáo (3 đơn vị): Xã Kỳ Hoa, Xã Hương Khê, Phường Hoành Sơn."
    for document in documents(province()):
        assert squeezed(said) in document and squeezed("PHỤ LỤC II") in document
    assert said in [cell.value for cell in cells_of(render(province(), "xlsx"))]


def test_adjustment_has_a_column_only_where_there_is_one():
    heads = docx_tables(render(commune(), "docx"))[0][0]
    assert "Điều chỉnh kỳ trước" not in heads and len(heads) == 9
    adjusted = commune(lines=[figure_line(0, 12, 3, 38, "+300%", adjustment=-2)])
    table = docx_tables(render(adjusted, "docx"))[0]
    assert dict(zip(*table, strict=True))["Điều chỉnh kỳ trước"] == "−2"


def test_a_plain_year_is_signed_in_the_next():
    period = commune()["period"] | {"start": "2026-01-01", "end": "2026-12-31", "label": "năm 2026"}
    assert sheet_of(commune(period=period)).place_and_date.endswith("năm 2027")
    assert sheet_of(commune(period=period), year=2028).place_and_date.endswith("năm 2028")


def test_a_period_named_by_its_days_says_them_once():
    label = "từ ngày 01/01/2020 đến ngày 08/04/2020"
    period = commune()["period"] | {"start": "2020-01-01", "end": "2020-04-08", "label": label}
    for document in documents(commune(period=period)):
        assert squeezed("SỐ LIỆU " + label.upper() + "(Kèm") in document
        assert squeezed(f"báo cáo kết quả {label} như sau") in document


def test_pdf_is_a4_numbered_from_page_two_and_tagged():
    reader = pypdf.PdfReader(BytesIO(render(province(), "pdf")))
    sizes = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages]
    assert sizes[0] == (595, 842) and set(sizes[1:]) == {(842, 595)}
    assert squeezed(reader.pages[0].extract_text()).startswith(squeezed("BỘ CÔNG AN"))
    assert [page.extract_text().split()[0] for page in reader.pages[1:]] == [
        str(n) for n in range(2, len(reader.pages) + 1)
    ]
    assert all("TT" in page.extract_text() for page in reader.pages[1:]), "table head on every page"
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_pdf_is_set_in_one_family_that_speaks_vietnamese():
    reader = pypdf.PdfReader(BytesIO(render(commune(), "pdf")))
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1].split("-")[0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(fonts) == 1
    assert serif()[0].replace(" ", "") in fonts.pop() or serif()[0] == "Times New Roman"


def test_without_any_installed_font_the_shipped_one_is_used(monkeypatch):
    serif.cache_clear()
    monkeypatch.setattr(fonts, "FAMILIES", ())
    monkeypatch.setattr(pdf, "_own", type("Own", (), {})())
    try:
        assert serif() == (SHIPPED, ())
        assert squeezed(ALPHABET) in pdf_text(render(commune(abstract=ALPHABET), "pdf"))
    finally:
        serif.cache_clear()


def test_word_has_the_margins_fonts_and_fields_of_the_decree():
    document = docx.Document(BytesIO(render(commune(), "docx")))
    first, second = document.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    for side, low, high in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
        assert low <= round(getattr(first, f"{side}_margin").mm) <= high
    assert first.different_first_page_header_footer and not second.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml and "PAGE" not in first.first_page_header._element.xml
    assert second.orientation == WD_ORIENT.LANDSCAPE
    body = document.styles["Body Text"]
    assert body.font.name == "Times New Roman" and body.font.size.pt == 14
    assert 10 <= body.paragraph_format.first_line_indent.mm <= 12.7
    heads = [t for t in document.tables if t.cell(0, 0).text == "TT"]
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in heads)
    names = {p.style.name for p in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Body Text"} <= names


def test_checked_in_word_template_is_what_its_script_builds(tmp_path):
    build(tmp_path / "report.docx")
    assert (tmp_path / "report.docx").read_bytes() == WORD_TEMPLATE.read_bytes()


def test_excel_is_ready_to_work_with_and_to_print():
    page = openpyxl.load_workbook(BytesIO(render(commune(), "xlsx")))["Phụ lục I"]
    top = next(cell.row for cell in page["A"] if cell.value == "TT")
    assert page.freeze_panes == f"C{top + 1}"
    assert page.print_title_rows == f"${top}:${top}"
    assert page.page_setup.paperSize == 9 and page.page_setup.orientation == "landscape"
    assert page.cell(top + 2, 4).value == 1012 and page.cell(top + 2, 4).number_format == "#,##0"


@pytest.mark.parametrize(
    "start", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "http://x.vn"]
)
def test_nothing_typed_becomes_a_formula_or_a_link(start):
    content = commune(lines=[figure_line(0, 1, 1, 1, "–", name=start, note=start)], abstract=start)
    content["sections"][0]["text"] = start
    data = render(content, "xlsx")
    typed = [cell for cell in cells_of(data) if line(start) in str(cell.value)]
    assert len(typed) >= 4
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in typed)
    assert not any("externalLink" in name for name in zipfile.ZipFile(BytesIO(data)).namelist())


@pytest.mark.parametrize("text", [MARKUP, ALPHABET, ALPHABET.upper()], ids=["markup", "lower", "upper"])
def test_texts_are_set_letter_by_letter(text):
    content = commune(abstract=text, lines=[figure_line(0, 1, 1, 1, "–", name=text)])
    content["sections"][0] |= {"title": text, "text": text}
    for document in documents(content):
        assert document.count(squeezed(text)) >= 4
    assert docx_tables(render(content, "docx"))[0][1][1] == text
    assert [c.value for c in cells_of(render(content, "xlsx"))].count(text) == 2


def test_decomposed_input_is_printed_composed():
    name = "Xã Đường Hoà"
    content = commune(lines=[figure_line(0, 1, 1, 1, "–", name=unicodedata.normalize("NFD", name))])
    assert docx_tables(render(content, "docx"))[0][1][1] == unicodedata.normalize("NFC", name)
    assert squeezed(name) in pdf_text(render(content, "pdf"))


def test_very_long_words_and_texts_stay_on_the_page():
    content = commune(lines=[figure_line(0, 1, 1, 1, "–", name="Đ" * 300)])
    content["sections"][0]["text"] = "dài " * 20_000
    reader = pypdf.PdfReader(BytesIO(render(content, "pdf")))
    assert "Đ" * 300 in pdf_text(render(content, "pdf"))
    assert len(reader.pages) > 10
    texts = [str(cell.value) for cell in cells_of(render(content, "xlsx"))]
    assert " ".join(texts).split().count("dài") == 20_000
    assert "Đ" * 300 in docx_text(render(content, "docx"))


def test_clean_takes_away_what_documents_cannot_hold():
    assert clean("a\x00b\x0bc\r\nd\u2028e\ufffe\ud800\u202egpj") == "ab\nc\nd\negpj"
    assert line("  Xã\n\tKỳ  Xuân ") == "Xã Kỳ Xuân"
    assert paragraphs("một\r\n\r\n  hai \n") == ["một", "hai"]


def test_file_names_are_plain_and_say_what_is_inside():
    assert file_name(commune(), "pdf") == "bao-cao-thang-11-2026-phuong-thanh-sen.pdf"
    assert file_name(commune(version=2), "docx", draft=True).endswith("-ban-2-du-thao.docx")
    odd = commune(unit=commune()["unit"] | {"name": 'x"\r\n../../đ;.exe'})
    assert file_name(odd, "xlsx") == "bao-cao-thang-11-2026-x-d-exe.xlsx"
    assert set(CONTENT_TYPES) == set(FORMATS)


def test_unknown_format_is_refused():
    with pytest.raises(KeyError):
        render(commune(), "exe")
