"""Word by docxtpl, into report.docx (built by build_template.py)."""

from functools import lru_cache
from io import BytesIO

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment
from markupsafe import Markup, escape

from reports.exports.documents import COMMUNE_WIDTHS, FIXED_MOMENT, LANDSCAPE_WIDTH, WORD_TEMPLATE, repacked
from reports.exports.sheet import Sheet

LONGEST_PROPERTY = 255  # of a Word document, by its standard


class _Environment(Environment):
    """Jinja that escapes always, and compiles the template once a process (half the time of a document)."""

    def __init__(self):
        super().__init__(autoescape=True)
        self.from_string = lru_cache(maxsize=16)(super().from_string)


_environment = _Environment()


def as_docx(sheet: Sheet) -> bytes:
    """The report as a Word document. The same sheet gives the same bytes."""
    template = DocxTemplate(WORD_TEMPLATE)
    template.render(_context(sheet), _environment, autoescape=True)
    _set_properties(template.docx.core_properties, sheet)
    last = sheet.commune_tables
    for table, printed in zip(template.docx.tables[-len(last) :] if last else (), last, strict=True):
        _set_columns(table, len(printed.indicators))
    out = BytesIO()
    template.save(out)
    return repacked(out.getvalue())


def _context(sheet: Sheet) -> dict:
    context = sheet.as_printed()
    for table in context["commune_tables"]:
        table["figure_width"] = _twips(_figure_width(len(table["indicators"])))
    return _escaped(context)


def _escaped(value):
    """Texts as XML; braces by number too, since docxtpl itself still reads "{_{" after the filling."""
    if isinstance(value, str):
        return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return value


def _set_properties(properties, sheet: Sheet) -> None:
    properties.title = f"{sheet.title} – {sheet.abstract}"[:LONGEST_PROPERTY]
    properties.author = "; ".join(" ".join(issuer.name) for issuer in sheet.issuers)[:LONGEST_PROPERTY]
    properties.created = properties.modified = FIXED_MOMENT


def _set_columns(table, indicators: int) -> None:
    """Column widths of Appendix II, whose columns are as many as there are indicators."""
    widths = [*COMMUNE_WIDTHS, *[_figure_width(indicators)] * indicators]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), _twips(width))


def _figure_width(indicators: int) -> float:
    return (LANDSCAPE_WIDTH - sum(COMMUNE_WIDTHS)) / max(1, indicators)


def _twips(millimetres: float) -> str:
    return str(Mm(millimetres).twips)
