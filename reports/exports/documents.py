"""Office files are zip archives: packed with fixed times, the same report is the same bytes."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WORD_TEMPLATE = Path(__file__).with_name("report.docx")
# Millimetres: the fixed columns of Appendix II (TT, unit, version), and the width of a landscape page.
COMMUNE_WIDTHS = (11, 60, 14)
LANDSCAPE_WIDTH = 257
FIXED_MOMENT = datetime(2026, 1, 1)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def repacked(archive: bytes) -> bytes:
    """The same members in the same order, without the time at which they were written."""
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for member in source.infolist():
            info = ZipInfo(member.filename, _EARLIEST)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, source.read(member))
    return out.getvalue()
