"""Activities as communes log them, and the tally as plain Python adds it up."""

from collections import Counter
from datetime import date
from uuid import uuid4

from portal.units.models import AdminUnit
from programs.activities import tally
from programs.activities.indicators import columns
from programs.activities.models import ActivityEntry, Tally
from programs.activities.slots import slot_of
from programs.awareness.models import AwarenessSession
from programs.grassroots.models import Mediation

DAY = date(2026, 11, 3)
FINAL = {"succeeded", "failed", "transferred"}


def commune(code: str = "18073") -> AdminUnit:
    """A commune of today: Phường Thành Sen unless said otherwise."""
    return AdminUnit.objects.today().communes().get(code=code)


def former_commune(code: str = "18073", day: date = date(2025, 6, 30)) -> AdminUnit:
    """A commune of the old map that became (part of) a commune of today."""
    return (
        AdminUnit.objects.on(day)
        .communes()
        .filter(today_unit=commune(code), valid_to__gte=day)
        .earliest("pk")
    )


def session_fields(**fields) -> dict:
    """What a form gives for an awareness session."""
    return {
        "unit": fields.pop("unit", None) or commune(),
        "title": "Tuyên truyền phòng, chống lừa đảo trên không gian mạng tại Tổ dân phố Hòa Bình",
        "held_on": DAY,
        "form": "gathering",
        "topics": ["fraud", "crime"],
        "attendances": 120,
        "valuable_tips": 2,
        **fields,
    }


def mediation_fields(**fields) -> dict:
    """What a form gives for a mediation that is still going on."""
    return {
        "unit": fields.pop("unit", None) or commune(),
        "title": "Hòa giải mâu thuẫn ranh giới đất giữa hai hộ",
        "dispute_kind": "land",
        "received_on": DAY,
        "team": ["police", "front", "women"],
        **fields,
    }


def new_session(by, **fields) -> AwarenessSession:
    """Not saved."""
    return AwarenessSession(side="police", logged_by=by, client_token=uuid4(), **session_fields(**fields))


def new_mediation(by, **fields) -> Mediation:
    """Not saved."""
    return Mediation(side="police", logged_by=by, client_token=uuid4(), **mediation_fields(**fields))


def saved(activity):
    activity.save()
    return activity


def added_up() -> Counter:
    """{(unit, programme, slot, column): count} of all live rows, without the portal's own counting."""
    cells = Counter()
    for row in AwarenessSession.objects.filter(deleted_at=None, awaits_front=False):
        place = (row.unit_id, row.programme_id, slot_of(row.held_on))
        cells[*place, "sessions"] += row.session_count
        cells[*place, "session_attendances"] += row.attendances or 0
        cells[*place, "session_tips"] += row.valuable_tips or 0
    for row in Mediation.objects.filter(deleted_at=None, awaits_front=False):
        cells[row.unit_id, row.programme_id, slot_of(row.received_on), "mediations_received"] += (
            row.case_count
        )
        if row.concluded_on:
            place = (row.unit_id, row.programme_id, slot_of(row.concluded_on))
            cells[*place, "mediations_concluded"] += row.case_count
            cells[*place, f"mediations_{row.outcome}"] += row.case_count
    return +cells


def tallied() -> Counter:
    """{(unit, programme, slot, column): count} of the tally, zeros left out (negative counts not)."""
    cells = Counter()
    for cell in Tally.objects.all():
        for column in columns():
            if getattr(cell, column):
                cells[cell.unit_id, cell.programme_id, cell.slot, column] = getattr(cell, column)
    return cells


def assert_all_counted() -> None:
    """The tally is what plain Python adds up, the entries are as their activities, verification agrees."""
    assert tallied() == added_up()
    assert tally.verify() == ([], [])
    rows = {
        row.pk: (row.kind.slug, row.unit_id, row.day, row.title, row.is_live)
        for model in (AwarenessSession, Mediation)
        for row in model.objects.all()
    }
    entries = {e.pk: (e.kind, e.unit_id, e.day, e.title, e.live) for e in ActivityEntry.objects.all()}
    assert entries == rows
