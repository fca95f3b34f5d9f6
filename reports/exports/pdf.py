"""PDF by typst. The report goes in as JSON beside the template, so none of its text is read as markup."""

import json
import re
from datetime import UTC, datetime, time
from pathlib import Path
from threading import local

import typst

from reports.exports.fonts import serif
from reports.exports.sheet import Sheet

TEMPLATE = Path(__file__).with_name("report.typ")
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK = "\u200b"
_own = local()


def as_pdf(sheet: Sheet) -> bytes:
    """The report as PDF, tagged for screen readers. The same sheet and fonts give the same bytes."""
    moment = datetime.combine(sheet.period_end, time(), UTC)
    data = json.dumps(_breakable(sheet.as_printed()), ensure_ascii=False)
    inputs = {"report": data, "font": serif()[0]}
    return _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=moment)


def _compiler() -> typst.Compiler:
    """One compiler a thread: it keeps the fonts and the parsed template."""
    if not hasattr(_own, "compiler"):
        folders = list(serif()[1])
        _own.compiler = typst.Compiler(
            TEMPLATE, root=TEMPLATE.parent, font_paths=folders, ignore_system_fonts=True
        )
    return _own.compiler


def _breakable(value):
    """Words that no line could hold may break after every 20 letters."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: re.sub(r"(.{20})(?=.)", rf"\1{_BREAK}", word[0]), value)
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    if isinstance(value, dict):
        return {key: _breakable(item) for key, item in value.items()}
    return value
