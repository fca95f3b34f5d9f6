"""The parts of a report's page: where it stands, who has confirmed, what was asked, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from portal.access.permissions import Permission
from portal.accounts.models import Side
from portal.ui.numbers import day, moment
from portal.units.models import in_sentence
from reports.models import Report, State
from reports.rights import confirmable_sides, may

COMMUNE_LIFE = (State.DRAFT, State.AWAITING, State.SENT, State.ACCEPTED, State.FROZEN)
RETURNED_LIFE = (State.RETURNED, State.AWAITING, State.SENT, State.ACCEPTED, State.FROZEN)
PROVINCE_LIFE = (State.DRAFT, State.AWAITING, State.FROZEN)


def title(report: Report) -> str:
    """ "Báo cáo tháng 11/2026"."""
    return f"Báo cáo {report.period.label}"


def unit_name(report: Report) -> str:
    """ "Phường Thành Sen, tỉnh Hà Tĩnh": as the report names it; the province of today."""
    province = report.unit.today_province
    names = [report.unit.name_on(report.period_end)]
    if not report.is_province and province:
        names.append(in_sentence(province.full_name))
    return ", ".join(names)


def lead(report: Report) -> str:
    """Whose, from when to when, until when, which version."""
    parts = [unit_name(report), report.period.data_range_label, f"hạn gửi {day(report.due_on)}"]
    return " · ".join([*parts, f"bản {report.version}"])


@dataclass(frozen=True)
class Step:
    label: str
    detail: str
    place: str


def steps(report: Report) -> list[Step]:
    """The life of the report, in order; `place` is "past", "now" or nothing for what is to come."""
    life = PROVINCE_LIFE if report.is_province else COMMUNE_LIFE
    if report.state == State.RETURNED:
        life = RETURNED_LIFE
    here = life.index(State(report.state))
    places = ["past"] * here + ["now"] + [""] * (len(life) - here - 1)
    return [
        Step(State(state).label, _when(report, state) if place else "", place)
        for state, place in zip(life, places, strict=True)
    ]


def _when(report: Report, state: State) -> str:
    if state == State.AWAITING:
        sides = len(report.report_type.confirming_sides)
        return f"{sides - len(report.missing_sides())}/{sides} bên đã xác nhận"
    if state == State.DRAFT:
        return f"lập {moment(report.built_at)}"
    at = {State.SENT: report.sent_at, State.ACCEPTED: report.accepted_at, State.FROZEN: report.frozen_at}
    return moment(at[state]) if at.get(state) else ""


@dataclass(frozen=True)
class SideLine:
    """One side's confirmation, or whom it waits for."""

    label: str
    confirmed_at: object
    by_name: str
    awaited: str


def sides(report: Report) -> list[SideLine]:
    """A line for each side that the type names, in its order."""
    given = report.live_confirmations().select_related("by", "posting") if report.snapshot_id else ()
    live = {confirmation.side: confirmation for confirmation in given}
    return [_side_line(report, side, live.get(side)) for side in report.report_type.confirming_sides]


def _side_line(report: Report, side: str, confirmation) -> SideLine:
    by_name = ""
    if confirmation:
        by_name = ", ".join(filter(None, [confirmation.by.full_name, confirmation.posting.title]))
    return SideLine(
        label=Side(side).label,
        confirmed_at=confirmation and confirmation.confirmed_at,
        by_name=by_name,
        awaited=f"Lãnh đạo {Side(side).label} {in_sentence(report.unit.full_name)}",
    )


@dataclass(frozen=True)
class NoteLine:
    """What the province asked, and where: `anchor` is the line or section on the page."""

    pk: int
    target: str
    where: str
    anchor: str
    reason: str
    by_name: str
    at: object
    answer: str
    answered_at: object
    is_open: bool
    mend_url: str
    mend_label: str


def notes(report: Report, content: Mapping) -> list[NoteLine]:
    """All notes of the report, the oldest first."""
    lines = {line["indicator"]: line for line in content["lines"]}
    return [_note_line(note, lines) for note in report.notes.select_related("by", "section").order_by("pk")]


def _note_line(note, lines: Mapping) -> NoteLine:
    if note.line:
        line = lines.get(note.line, {"no": "", "name": note.line})
        where, anchor = f"dòng {line['no']} ({line['name']})", f"dong-{note.line}"
        mend = (
            reverse("reports:line", args=[note.report_id, note.line]),
            "mở các hoạt động của dòng này để sửa",
        )
    else:
        where, anchor = f"mục “{note.section.title}”", f"muc-{note.section.key}"
        mend = reverse("reports:edit_section", args=[note.report_id, note.section.key]), "sửa nhận xét"
    return NoteLine(
        pk=note.pk,
        target=note.target,
        where=where,
        anchor=anchor,
        reason=note.reason,
        by_name=note.by.full_name,
        at=note.at,
        answer=note.answer,
        answered_at=note.answered_at,
        is_open=note.is_open,
        mend_url=mend[0],
        mend_label=mend[1],
    )


def section_lines(report: Report, content: Mapping, *, editable: bool, asked: set[str]) -> list[dict]:
    """The remarks, each with its editing address where `editable`."""
    return [
        section
        | {
            "asked": section["key"] in asked,
            "edit_url": reverse("reports:edit_section", args=[report.pk, section["key"]]) if editable else "",
        }
        for section in content["sections"]
    ]


def event_lines(events) -> list[dict]:
    """What happened, the newest first."""
    return [
        {
            "at": event.at,
            "text": ": ".join(filter(None, [event.get_verb_display(), event.detail])),
            "by_name": event.by.full_name if event.by else "",
        }
        for event in events
    ]


def waiting_words(user, report: Report) -> str:
    """What the report waits for, where `user` has nothing to do about it."""
    missing = [Side(side).label for side in report.missing_sides()]
    if report.is_editable and missing and not confirmable_sides(user, report):
        return f"Chờ lãnh đạo {' và '.join(missing)} xác nhận."
    if report.state == State.SENT and may(user, Permission.REPORT_SEND, report):
        return "Đã gửi, chờ cấp tỉnh xem xét." if not report.opened_at else "Cấp tỉnh đã mở xem báo cáo."
    return ""


def named(report: Report) -> dict:
    """What every page about one report says of it."""
    return {"report": report, "report_title": title(report), "unit_name": unit_name(report)}
