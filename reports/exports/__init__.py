"""A report on paper: PDF, Word and Excel of one content, with the same figures as its page."""

from collections.abc import Callable
from hashlib import sha256

from django.utils import timezone

from portal.files.handing_out import XLSX
from portal.units.text import fold
from reports.content import content_of
from reports.exports.excel import as_xlsx
from reports.exports.pdf import as_pdf
from reports.exports.sheet import Sheet, sheet_of
from reports.exports.word import as_docx
from reports.models import IssuedFile

__all__ = ["CONTENT_TYPES", "FORMATS", "file_name", "render", "render_report"]

FORMATS: dict[str, Callable[[Sheet], bytes]] = {"pdf": as_pdf, "docx": as_docx, "xlsx": as_xlsx}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
}


def render(content: dict, format: str, *, draft: bool = False, year: int | None = None) -> bytes:
    """The file of a report's content in `format` (a key of FORMATS; else KeyError).

    `content` is the dict of reports.content; `draft` prints "DỰ THẢO – CHƯA XÁC NHẬN" on it; `year` is that
    of signing (see sheet_of).
    """
    return FORMATS[format](sheet_of(content, draft=draft, year=year))


def render_report(report, format: str) -> bytes:
    """The file of a Report as it stands; once its figures stand, made once and kept byte for byte."""
    if not report.figures_stand:
        return made_anew(report, format)
    own = {"snapshot_id": report.snapshot_id, "format": format}
    kept = IssuedFile.objects.filter(**own).first()
    if kept is None:
        data = made_anew(report, format)
        fresh = {"report": report, "file": data, "sha256": sha256(data).hexdigest()}
        kept, _ = IssuedFile.objects.get_or_create(**own, defaults=fresh)
    return bytes(kept.file)


def made_anew(report, format: str) -> bytes:
    """Signed in the year in which it was built: a report of 2020 that is made up for today is not of 2020."""
    year = timezone.localtime(report.built_at).year
    return render(content_of(report), format, draft=is_draft(report), year=year)


def is_draft(report) -> bool:
    """Whether a side that must confirm has not: then the file says that it is a draft."""
    return bool(report.missing_sides())


def file_name(content: dict, format: str, *, draft: bool = False) -> str:
    """In ASCII, for any old machine: "bao-cao-thang-11-2026-phuong-thanh-sen-ban-2.pdf"."""
    words = ["bao cao", content["period"]["label"], content["unit"]["name"]]
    words += [f"ban {content['version']}"] * (content.get("version", 1) > 1) + ["du thao"] * draft
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(" ".join(words)))
    return "-".join(letters.split())[:120] + f".{format}"
