"""The content of a report as one dict: what the page, PDF, Word and Excel read, what a confirmation binds.

Canonical bytes are JSON with sorted keys, no spaces, UTF-8, every text NFC. A draft's content is live; from
the first confirmation on it is the snapshot's.
"""

import json
from datetime import timedelta
from hashlib import sha256

from portal.units.text import nfc
from programs.activities.custom.models import CustomIndicator
from reports import remarks
from reports.compiled import compiled_parts
from reports.figures import Counting, counting_of, divided_forebears
from reports.issuer import issuer_of, place_on, recipients_of, signed_by_deputy
from reports.lines import Named, flows, make_lines, with_opening
from reports.models import Report, Snapshot
from reports.standing import with_standing

SCHEMA = 1


def content_of(report: Report) -> dict:
    """The bound content with the signature lines of those who confirmed, else the live one."""
    if report.snapshot_id is None:
        return live_content(report)
    content = read(report.snapshot)
    deputies = set(report.live_confirmations().filter(is_deputy=True).values_list("side", flat=True))
    blocks = content["issuer"]["blocks"]
    content["issuer"]["blocks"] = [signed_by_deputy(b) if b["side"] in deputies else b for b in blocks]
    return content


def live_content(report: Report) -> dict:
    """The content as the log, or the accepted reports of the communes, have it now."""
    place, parts, lines = _counted(report)
    return _composed(
        {
            **_head(report, place),
            "lines": lines,
            "sections": _sections(report, parts.drafts(lines, place)),
            "nil": not any(line["current"] for line in flows(lines)),
            **parts.extra,
        }
    )


def drafts_of(report: Report) -> dict[str, str]:
    """{section key: text} of the remarks that the live figures give."""
    place, parts, lines = _counted(report)
    return _composed(parts.drafts(lines, place))


def stale_sections(report: Report) -> list[str]:
    """Keys of the sections that people edited and whose figures have come out otherwise since."""
    edited = [s for s in report.sections.all() if s.is_edited and s.drafted_text]
    if not edited or report.snapshot_id:
        return []
    drafts = drafts_of(report)
    return [s.key for s in edited if drafts.get(s.key, s.drafted_text) != s.drafted_text]


def read(snapshot: Snapshot) -> dict:
    """The content that a snapshot holds, exactly as it was bound."""
    return json.loads(bytes(snapshot.content))


def canonical(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: dict) -> str:
    """SHA-256 of the canonical bytes: pages send back what was seen, a confirmation binds it."""
    return sha256(canonical(content)).hexdigest()


def previous_cumulative(report: Report) -> dict[str, int] | None:
    """{indicator: cumulative} that the latest accepted report up to the day before this period gave.

    None in the first period of the year, or when there is none. One of the same kind of period goes first.
    """
    period = report.period
    year_start = period.cumulative().start
    if period.start <= year_start:
        return None
    before = Report.objects.filter(
        unit=report.unit_id,
        programme=report.programme_id,
        calendar=report.calendar,
        report_type__level=report.report_type.level,
        period_end=period.start - timedelta(days=1),
        period_start__gte=year_start,
    )
    found = list(before.latest_received().select_related("snapshot"))
    if not found:
        return None
    best = min(found, key=lambda r: (r.period_kind != report.period_kind, r.period_start))
    return {line["indicator"]: line["cumulative"] for line in read(best.snapshot)["lines"]}


def custom_indicators(report: Report, figures: dict) -> list[Named]:
    """What administrators have added: those in use at the unit in the period, and what was counted."""
    period = report.period
    counted = {slug for column in figures.values() if column for slug, amount in column.items() if amount}
    added = CustomIndicator.objects
    in_use = set(added.of_unit(report.unit).active_between(period.start, period.end))
    return [
        Named(each.slug, each.name, each.measure_unit, each.group, each.is_stock)
        for each in added.in_order()
        if each in in_use or each.slug in counted
    ]


class _OwnParts:
    """A commune's figures, from the log."""

    extra: dict = {}

    def __init__(self, report: Report, counting: Counting):
        self.report, self.counting = report, counting
        compared = counting.period.same_period_last_year() or counting.period.cumulative()
        self.divided = divided_forebears(counting.unit_ids, compared.start, counting.period.end)

    def lines(self, base) -> list[dict]:
        figures = self.counting.figures()
        customs = custom_indicators(self.report, figures)
        lines = make_lines(figures, base=base, divided=bool(self.divided), customs=customs)
        return with_standing(with_opening(lines, self.counting.opening), self.counting)

    def drafts(self, lines, place) -> dict[str, str]:
        situation = remarks.draft_situation(
            place=place.full_name[:1].lower() + place.full_name[1:],
            programme=self.report.programme.number,
            period=self.report.period,
            divided=self.divided,
        )
        return {"situation": situation, "results": remarks.draft_results(lines)}


def _counted(report: Report) -> tuple:
    place = place_on(report.unit, report.period_end)
    parts = compiled_parts(report) if report.is_province else _own_parts(report)
    return place, parts, parts.lines(previous_cumulative(report))


def _own_parts(report: Report) -> _OwnParts:
    return _OwnParts(report, counting_of(report))


def _head(report: Report, place) -> dict:
    period, kind = report.period, report.report_type
    again = f" (điều chỉnh, bổ sung lần {report.version - 1})" if report.version > 1 else ""
    number = report.programme.number
    return {
        "schema": SCHEMA,
        "title": "BÁO CÁO",
        "abstract": f"Kết quả thực hiện Chương trình phối hợp số {number} {period.label}{again}",
        "type": {"slug": kind.slug, "name": kind.name},
        "unit": {
            "id": report.unit_id,
            "code": report.unit.code,
            "name": place.full_name,
            "level": report.unit.level,
            "province": place.province,
        },
        "period": {
            "kind": period.kind,
            "calendar": period.calendar,
            "label": period.label,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "programme": {"number": number, "title": report.programme.title},
        "version": report.version,
        "issuer": issuer_of(place, kind.issuing_sides),
        "place": place.name,
        "recipients": recipients_of(place),
    }


def _sections(report: Report, drafts: dict[str, str]) -> list[dict]:
    """What people wrote, and fresh drafts where nobody has."""
    return [
        {
            "key": section.key,
            "title": section.title,
            "text": section.text if section.is_edited else drafts.get(section.key, section.text),
        }
        for section in report.sections.all()
    ]


def _composed(value):
    """Every text inside in NFC."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    return [_composed(item) for item in value] if isinstance(value, list) else value
