"""Builds report.docx, the Word template that docxtpl fills: `python -m reports.exports.build_template`.

The form of Nghị định 30/2020/NĐ-CP, Phụ lục I, with real Word styles, a page number field and repeated table
heads, so that a clerk can go on working in the document.
"""

from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.exports.documents import COMMUNE_WIDTHS, FIXED_MOMENT, WORD_TEMPLATE, repacked

FONT = "Times New Roman"
# In millimetres; Appendix I without and with the column of adjustments.
HEAD_WIDTHS = (71, 94)
FIGURE_WIDTHS = (11, 66, 24, 22, 22, 24, 26, 26, 36)
ADJUSTED_WIDTHS = (11, 60, 24, 21, 21, 23, 24, 22, 24, 27)


def build(path: Path = WORD_TEMPLATE) -> None:
    """Write the template; the same source gives the same bytes."""
    document = Document()
    _set_properties(document)
    _set_styles(document)
    _set_first_section(document.sections[0])
    _draft_mark(document)
    _head(document)
    _title(document)
    _body(document)
    _signatures(document)
    _appendix_section(document)
    _appendix_one(document)
    _appendix_two(document)
    document.save(path)
    path.write_bytes(repacked(path.read_bytes()))


def _set_properties(document) -> None:
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = FIXED_MOMENT


def _set_styles(document) -> None:
    styles = document.styles
    _set_font(styles["Normal"], 14)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    body = styles["Body Text"]
    _set_font(body, 14)
    body.paragraph_format.alignment = ALIGN.JUSTIFY
    body.paragraph_format.first_line_indent = Mm(12)
    body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.widow_control = True
    for level, align, indent in ((1, ALIGN.CENTER, 0), (2, ALIGN.JUSTIFY, 12)):
        heading = styles[f"Heading {level}"]
        _set_font(heading, 14, bold=True)
        heading.paragraph_format.alignment = align
        heading.paragraph_format.first_line_indent = Mm(indent)
        heading.paragraph_format.space_before = Pt(6 if level == 2 else 0)
        heading.paragraph_format.space_after = Pt(4 if level == 2 else 0)
        heading.paragraph_format.keep_with_next = True


def _set_font(style, size: float, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _set_first_section(section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    _page_field(paragraph)


def _page_field(paragraph) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)


def _draft_mark(document) -> None:
    _tag(document, "{%p if draft %}")
    mark = document.add_paragraph()
    _write(mark, "{{ draft }}", 12, bold=True, after=6)
    _border(mark, ("top", "left", "bottom", "right"))
    mark.paragraph_format.left_indent = mark.paragraph_format.right_indent = Mm(48)
    _tag(document, "{%p endif %}")


def _head(document) -> None:
    table = _grid(document, HEAD_WIDTHS)
    left, right = table.rows[0].cells
    _tag(left, "{%p for issuer in issuers %}", first=True)
    _tag(left, "{%p if issuer.parent %}")
    _write(left.add_paragraph(), "{{ issuer.parent }}", 12)
    _tag(left, "{%p endif %}")
    _tag(left, "{%p for name in issuer.name %}")
    _write(left.add_paragraph(), "{{ name }}", 12.5, bold=True)
    _tag(left, "{%p endfor %}")
    _tag(left, "{%p endfor %}")
    _rule(left, side_mm=21)
    _write(left.add_paragraph(), "{{ code }}", 13, before=4)
    _write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _rule(right, side_mm=18)
    _write(right.add_paragraph(), "{{ place_and_date }}", 13, italic=True, before=4)


def _title(document) -> None:
    _write(document.add_paragraph(style="Heading 1"), "{{ title }}", 14, bold=True, before=14)
    _write(document.add_paragraph(style="Heading 1"), "{{ abstract }}", 14, bold=True)
    _rule(document, side_mm=60, after=10)


def _body(document) -> None:
    document.add_paragraph("{{ intro }}", style="Body Text")
    _tag(document, "{%p if nil %}")
    document.add_paragraph(style="Body Text").add_run("{{ nil }}").bold = True
    _tag(document, "{%p endif %}")
    _tag(document, "{%p for section in sections %}")
    document.add_paragraph("{{ section.heading }}", style="Heading 2")
    _tag(document, "{%p for text in section.paragraphs %}")
    document.add_paragraph("{{ text }}", style="Body Text")
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p if missing %}")
    document.add_paragraph("{{ missing }}", style="Body Text")
    _tag(document, "{%p endif %}")
    document.add_paragraph("{{ closing }}", style="Body Text")


def _signatures(document) -> None:
    """One issuer: recipients left, signature right. Two: both side by side, recipients below."""
    _tag(document, "{%p if is_joint %}")
    both = _grid(document, (82.5, 82.5)).rows[0].cells
    for at, cell in enumerate(both):
        _signature(cell, f"issuers[{at}].signature")
    _recipients(document)
    _tag(document, "{%p else %}")
    left, right = _grid(document, (82.5, 82.5)).rows[0].cells
    _recipients(left, first=True)
    _signature(right, "issuers[0].signature")
    _tag(document, "{%p endif %}")


def _signature(cell, lines: str) -> None:
    _tag(cell, f"{{%p for line in {lines} %}}", first=True)
    _write(cell.add_paragraph(), "{{ line }}", 13, bold=True)
    _tag(cell, "{%p endfor %}")
    for _ in range(4):
        _write(cell.add_paragraph(), "", 13)


def _recipients(place, first: bool = False) -> None:
    _tag(place, "{%p if recipients %}", first=first)
    _write(place.add_paragraph(), "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
    _tag(place, "{%p for recipient in recipients %}")
    _write(place.add_paragraph(), "{{ recipient }}", 11, align=ALIGN.LEFT)
    _tag(place, "{%p endfor %}")
    _tag(place, "{%p endif %}")
    if first:
        place.add_paragraph()


def _appendix_section(document) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.different_first_page_header_footer = False


def _appendix_head(document, number: str, title: str, new_page: bool) -> None:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.page_break_before = new_page
    heading.add_run(f"PHỤ LỤC {number}")
    document.add_paragraph(title, style="Heading 1")
    _write(document.add_paragraph(), "{{ attached_to }}", 13, italic=True, after=6)


def _appendix_one(document) -> None:
    _appendix_head(document, "I", "{{ appendix_title }}", new_page=False)
    _tag(document, "{%p if adjusted %}")
    _figures(document, ADJUSTED_WIDTHS)
    _tag(document, "{%p else %}")
    _figures(document, FIGURE_WIDTHS)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p if nil %}")
    _write(document.add_paragraph(), "{{ nil }}", 14, bold=True, align=ALIGN.LEFT, before=6)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p if adjustment_note %}")
    _write(document.add_paragraph(), "{{ adjustment_note }}", 11, italic=True, align=ALIGN.LEFT, before=4)
    _tag(document, "{%p endif %}")


def _figures(document, widths: tuple[float, ...]) -> None:
    last = len(widths) - 1
    table = _table(document, last + 1)
    for at, cell in enumerate(table.rows[0].cells):
        _write(cell.paragraphs[0], f"{{{{ columns[{at}] }}}}", 11.5, bold=True)
    _repeat(table.rows[0])
    _whole_row(table, "{%tr for row in rows %}")
    row = table.add_row()
    for at, cell in enumerate(row.cells):
        align = ALIGN.CENTER if at in (0, 2) else ALIGN.LEFT if at in (1, last) else ALIGN.RIGHT
        _write(cell.paragraphs[0], f"{{{{ row[{at}] }}}}", 11.5, align=align)
    _unsplit(row)
    _whole_row(table, "{%tr endfor %}")
    _fix_widths(table, widths)


def _appendix_two(document) -> None:
    """The columns are as many as there are indicators: `{%tc for %}` repeats a cell."""
    _tag(document, "{%p if communes or missing %}")
    _appendix_head(document, "II", "SỐ LIỆU TỪNG XÃ, PHƯỜNG, ĐẶC KHU", new_page=True)
    _tag(document, "{%p for part in commune_tables %}")
    table = _table(document, 6)
    _repeated_cells(table.rows[0], "part.columns", bold=True, align=ALIGN.CENTER)
    _repeat(table.rows[0])
    _whole_row(table, "{%tr for commune in part.communes %}")
    _repeated_cells(table.add_row(), "commune")
    _whole_row(table, "{%tr endfor %}")
    _repeated_cells(table.add_row(), "part.totals", bold=True)
    _fix_widths(table, [*COMMUNE_WIDTHS, 24, 24, 24])
    for row in table.rows:
        for cell in row.cells[3:]:
            cell._tc.tcPr.find(qn("w:tcW")).set(qn("w:w"), "{{ part.figure_width }}")
    # Without a paragraph between them Word joins two tables into one.
    _write(document.add_paragraph(), "", 6)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p if missing %}")
    _write(document.add_paragraph(), "{{ missing }}", 14, align=ALIGN.LEFT, before=6)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endif %}")


def _repeated_cells(row, source: str, bold: bool = False, align=None) -> None:
    """TT, unit, version, then one cell for each figure of `source`."""
    texts = [f"{{{{ {source}[{at}] }}}}" for at in range(3)]
    texts += [f"{{%tc for figure in {source}[3:] %}}", "{{ figure }}", "{%tc endfor %}"]
    aligns = [ALIGN.CENTER, ALIGN.LEFT, ALIGN.CENTER, ALIGN.RIGHT, ALIGN.RIGHT, ALIGN.RIGHT]
    for cell, text, own in zip(row.cells, texts, aligns, strict=True):
        _write(cell.paragraphs[0], text, 11, bold=bold, align=align or own)
    _unsplit(row)


def _grid(document, widths) -> object:
    table = document.add_table(rows=1, cols=len(widths))
    _fix_widths(table, widths)
    _unsplit(table.rows[0])
    _narrow_margins(table)
    return table


def _narrow_margins(table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "20")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _table(document, columns: int) -> object:
    table = document.add_table(rows=1, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    return table


def _fix_widths(table, widths) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = Mm(width)


def _whole_row(table, tag: str) -> None:
    """A row that holds nothing but a loop's tag; docxtpl takes the row away."""
    table.add_row().cells[0].paragraphs[0].add_run(tag)


def _repeat(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _unsplit(row)


def _unsplit(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _tag(place, tag: str, first: bool = False) -> None:
    """A paragraph that holds nothing but a tag; docxtpl takes the paragraph away."""
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    paragraph.add_run(tag)


def _write(paragraph, text, size, *, bold=False, italic=False, align=ALIGN.CENTER, before=0, after=0) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic


def _rule(place, side_mm: float, after: float = 0) -> None:
    """A thin line: the lower border of an empty small paragraph, drawn in from both sides."""
    paragraph = place.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(side_mm)
    form.line_spacing, form.space_after = Pt(3), Pt(after)
    _border(paragraph, ("bottom",))


def _border(paragraph, sides: tuple[str, ...]) -> None:
    border = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        border.append(edge)
    # The schema wants pBdr before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


if __name__ == "__main__":
    build()
