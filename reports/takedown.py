"""What a takedown clears of reports: remarks, bound contents, what was asked, issued files. Figures stay.

Looked through are the reports of the commune and of its province: nobody else writes about its activities. A
section that is taken down is cleared in every version of its report.
"""

import re
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from portal.secrecy.erasing import MARK, cleared, erase, holds, quotes_of
from portal.secrecy.registry import (
    Found,
    Piece,
    Target,
    register_place,
    register_rows_clearer,
    register_takedown,
)
from reports.content import canonical, read
from reports.exports import made_anew
from reports.models import Confirmation, IssuedFile, Report, ReportEvent, ReportSection, ReviewNote, Snapshot

PLACE = "report"
WORDS = {
    ReportSection: (("text", "drafted_text"), "report", "Mục nhận xét của báo cáo"),
    ReviewNote: (("reason", "answer"), "report", "Yêu cầu bổ sung và trả lời"),
    ReportEvent: (("detail",), "report", "Dòng diễn biến của báo cáo"),
    Confirmation: (("void_reason",), "report", "Lý do hết giá trị của xác nhận"),
}
_SPACES = re.compile(r"\s+")


def find(subject: int) -> Found | None:
    """A report; what counts as its own words are those that people wrote, not those drafted from figures."""
    report = Report.objects.select_related("unit", "report_type").filter(pk=subject).first()
    if report is None:
        return None
    sections = list(report.sections.all())
    name = f"{report.report_type.name} {report.period.label}, {report.unit.full_name} (số {report.pk})"
    return Found(unit=report.unit, name=name, parts=tuple((s.key, s.title) for s in sections))


def pieces(target: Target) -> list[Piece]:
    """What this takedown finds in reports, by whole section or by words."""
    own = _same_report(target) if target.place == PLACE and target.part else Report.objects.none()
    words = _words(target, own)
    reports = _around(target.found.unit)
    return [
        *_texts(own, reports, target.part, words),
        *_snapshots(own, reports, target.part, words),
    ]


def _same_report(target: Target):
    """All versions of the report that is taken down."""
    report = Report.objects.get(pk=target.subject)
    return Report.objects.of_period(report.period).filter(
        unit=report.unit_id, programme=report.programme_id, report_type=report.report_type_id
    )


def _around(unit):
    """The reports in which words about this unit can stand: its own and its province's; of a province all."""
    today = unit.today_unit_id or unit.pk
    own = Q(unit=today) | Q(unit__today_unit=today) | Q(unit__today_province=today)
    return Report.objects.filter(own | Q(unit=unit.today_province_id))


def _words(target: Target, own) -> list[str]:
    """Typed words, an activity's own texts, a section's sentences; not what the machine drafts everywhere."""
    found = [*target.words, *(target.found.texts if target.place != PLACE else ())]
    for section in ReportSection.objects.filter(report__in=own, key=target.part):
        drafted = _SPACES.sub(" ", section.drafted_text)
        found += [q for q in quotes_of([section.text]) if _SPACES.sub(" ", q) not in drafted]
    return list(dict.fromkeys(found))


def _texts(own, reports, part: str, words: list[str]) -> list[Piece]:
    found = []
    for model, (columns, path, label) in WORDS.items():
        whole = _whole_ids(model, own, part)
        quoting = _quoting_ids(model.objects.filter(**{f"{path}__in": reports}), columns, words)
        ids = {*whole, *quoting}
        if ids:
            clear = _clearing(model, columns, whole, quoting, words)
            found.append(Piece(label, len(ids), clear, {model._meta.db_table: sorted(ids)}))
    return found


def _whole_ids(model, own, part: str) -> list[int]:
    """The section itself and what was asked about it."""
    if not part or model not in (ReportSection, ReviewNote):
        return []
    key = "key" if model is ReportSection else "section__key"
    return list(model.objects.filter(report__in=own, **{key: part}).values_list("pk", flat=True))


def _quoting_ids(rows, columns, words) -> list[int]:
    if not words:
        return []
    q = Q(*[(f"{column}__contains", word) for column in columns for word in words], _connector=Q.OR)
    return list(rows.filter(q).values_list("pk", flat=True))


def _clearing(model, columns, whole, quoting, words):
    def clear(takedown, by):
        erase(takedown, model, whole, columns)
        erase(takedown, model, sorted({*quoting} - {*whole}), columns, words=words)

    return clear


def _snapshots(own, reports, part: str, words: list[str]) -> list[Piece]:
    """Bound contents whose sections say it, each with the files that were issued from it."""
    own_ids = set(own.values_list("pk", flat=True))
    found = {}
    for snapshot in Snapshot.objects.filter(report__in=reports).only("pk", "report_id", "content").iterator():
        keys = _keys(read(snapshot), part if snapshot.report_id in own_ids else "", words)
        if keys:
            found[snapshot.pk] = keys
    if not found:
        return []
    files = IssuedFile.objects.filter(snapshot__in=found).count()

    def clear(takedown, by):
        for pk, keys in found.items():
            redact(takedown, pk, keys, part, words)

    rows = {Snapshot._meta.db_table: sorted(found)}
    redrawn = [Piece("Tệp PDF, Word, Excel đã xuất, lập lại", files)] if files else []
    return [Piece("Bản chốt của báo cáo, số liệu giữ nguyên", len(found), clear, rows), *redrawn]


def _keys(content: dict, whole: str, words: Iterable[str]) -> list[str]:
    """The sections of a content that a takedown changes."""
    return [
        section["key"]
        for section in content["sections"]
        if section["text"] not in ("", MARK) and (section["key"] == whole or holds(section["text"], words))
    ]


def redact(takedown, snapshot_pk: int, keys: list[str], whole: str, words: list[str]) -> None:
    """Exchange a bound content for one without the words, by the database's function; redraw its files."""
    snapshot = Snapshot.objects.get(pk=snapshot_pk)
    content = read(snapshot)
    for section in content["sections"]:
        if section["key"] in keys:
            is_whole = section["key"] == whole or not words
            section["text"] = MARK if is_whole else cleared(section["text"], words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_redact(%s, %s, %s)", [takedown.pk, snapshot_pk, canonical(content)])
    for issued in IssuedFile.objects.filter(snapshot=snapshot_pk).select_related("report"):
        data = made_anew(issued.report, issued.format)
        with connection.cursor() as cursor:
            cursor.execute("SELECT reports_reissue(%s, %s, %s)", [takedown.pk, issued.pk, data])


def clear_rows(takedown, rows: dict) -> None:
    """In a restored backup: the rows that typed words were found in, as a whole."""
    for model, (columns, _, _) in WORDS.items():
        erase(takedown, model, rows.get(model._meta.db_table, []), columns)
    known = Snapshot.objects.filter(pk__in=rows.get(Snapshot._meta.db_table, []))
    for snapshot in known.exclude(redactions__takedown=takedown):
        keys = [each["key"] for each in read(snapshot)["sections"] if each["text"] not in ("", MARK)]
        if keys:
            redact(takedown, snapshot.pk, keys, "", [])


def register() -> None:
    register_place(PLACE, "/bao-cao/", "Nhận xét trong báo cáo", find)
    register_takedown(pieces)
    register_rows_clearer(clear_rows)
