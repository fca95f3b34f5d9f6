"""Models, forces and certification of five communes of Hà Tĩnh: made up, and saying so."""

import random
import uuid
from datetime import date, timedelta

from django.utils import timezone

from models_registry.actions import create_model, take_step
from models_registry.models import (
    CertificationBase,
    CoreForce,
    GradeLevel,
    ModelAppraisal,
    ModelType,
    MovementGrading,
    Result,
)
from models_registry.safety import actions as safety
from models_registry.standing.certified import closed_years
from portal.demo.cases import ha_tinh_crews
from portal.demo.log_entries import ILLUSTRATION, NAMESPACE, areas_of
from portal.demo.people import Crew

BEGUN = date(2025, 9, 1)
MODELS = (
    ("Camera với an ninh, trật tự", "Camera an ninh liên tổ dân phố", "camera"),
    ("Tổ tự quản về an ninh, trật tự", "Tổ tự quản về an ninh, trật tự ở khu dân cư", "self_management"),
    ("Dòng họ tự quản", "Dòng họ tự quản về an ninh, trật tự", "self_management"),
)
FORCES = (("security_team", 9, 31), ("mediation_team", 12, 66), ("front_committee", 10, 58))
SCHOOLS = ("Trường Trung học cơ sở (minh họa) số 1", "Trường Trung học phổ thông (minh họa) số 2")
FIRMS = ("Công ty Cổ phần Xây dựng (minh họa) số 1", "Công ty TNHH Thương mại (minh họa) số 2")


def ha_tinh() -> None:
    """All of it; a second load finds the first. The third commune has no model that works: it shows."""
    _province, crews = ha_tinh_crews()
    for place, crew in enumerate(crews.values()):
        _models(crew, place)
        _forces(crew, place)
        _certified(crew, place)


def _models(crew: Crew, place: int) -> None:
    by, unit, chance = crew.officers["ca"], crew.unit, random.Random(crew.unit.code)
    source = None
    for at, (type_name, name, theme) in enumerate(MODELS[: 1 + place % 3]):
        kind, _ = ModelType.objects.get_or_create(name=type_name, province=None, defaults={"theme": theme})
        model, created = create_model(
            data={"type": kind, "unit": unit, "name": name, "description": ILLUSTRATION},
            status="pilot" if place == 2 else "active",
            on=BEGUN + timedelta(days=30 * at),
            reason=ILLUSTRATION,
            by=by,
            token=_token(unit, "model", at),
            areas=areas_of(unit)[at : at + 2],
            reading={"points": chance.randint(5, 30), "members": chance.randint(10, 60)},
        )
        if created and place != 2:
            appraisal = {"effect": "good", "tips": chance.randint(1, 9), "cases": chance.randint(0, 4)}
            ModelAppraisal.objects.create(
                model=model, year=2025, logged_by=by, note=ILLUSTRATION, **appraisal
            )
        source = source or (model if created else None)
    if source and place == 1:
        _replicated_and_ended(crew, source)


def _replicated_and_ended(crew: Crew, source) -> None:
    """The source is replicated; its copy takes over and the source ends: the count of its last year stays."""
    by, today = crew.officers["mt"], timezone.localdate()
    copy = {"type": source.type, "unit": crew.unit, "copied_from": source}
    create_model(
        data=copy | {"name": f"{source.name}, nhân rộng"},
        status="active", on=today - timedelta(days=40), reason=ILLUSTRATION, by=by,
        token=_token(crew.unit, "copy", 1),
    )  # fmt: skip
    take_step(model=source, status="ended", on=today - timedelta(days=35), reason=ILLUSTRATION, by=by)


def _forces(crew: Crew, place: int) -> None:
    by, today = crew.officers["ca"], timezone.localdate()
    for at, (kind, teams, people) in enumerate(FORCES):
        for days, more in ((300, 0), (60, place)):
            row = {"unit": crew.unit, "kind": kind, "teams": teams + more, "people": people + 4 * more}
            row |= {"as_of": today - timedelta(days=days), "logged_by": by}
            CoreForce.objects.get_or_create(client_token=_token(crew.unit, f"force{days}", at), defaults=row)


def _certified(crew: Crew, place: int) -> None:
    by, unit, today = crew.officers["ca"], crew.unit, timezone.localdate()
    areas = areas_of(unit)
    for kind, year in closed_years(today).items():
        start, end = safety.rule_of(kind, year).window(year)
        if kind not in ("area", "school") or not unit.existed_on(start):
            continue
        wanted = {"areas": areas[: 4 + place % 2]} if kind == "area" else {"names": SCHOOLS}
        new = safety.register(
            unit=unit, kind=kind, year=year, registered_on=start + timedelta(days=20), by=by, **wanted
        )
        for at, row in enumerate(new):
            _decide(row, end, at > 0 or place == 1, by)
        base = {"total": len(areas) if kind == "area" else 5, "left_out": 0 if kind == "area" else 3}
        same = {"unit": unit, "kind": kind, "year": year}
        CertificationBase.objects.get_or_create(**same, defaults=base | {"logged_by": by})
    _await_a_decision(crew)
    grade = GradeLevel.objects.filter(scheme="movement", place=1 + place % 2).first()
    MovementGrading.objects.get_or_create(
        unit=unit,
        year=closed_years(today).get("commune", today.year - 1),
        defaults={"grade": grade, "logged_by": by},
    )


def _await_a_decision(crew: Crew) -> None:
    """Firms that have assessed themselves: their decision is yet to be entered, for all at once."""
    by, unit, year = crew.officers["ca"], crew.unit, closed_years(timezone.localdate()).get("firm")
    start, end = safety.rule_of("firm", year).window(year) if year else (None, None)
    if not year or not unit.existed_on(start):
        return
    wanted = {"names": FIRMS, "registered_on": start + timedelta(days=20)}
    for row in safety.register(unit=unit, kind="firm", year=year, by=by, **wanted):
        _assess(row, end - timedelta(days=10), True, by)


def _decide(row, end: date, met: bool, by) -> None:
    row = _assess(row, end - timedelta(days=10), met, by)
    outcome = {"result": Result.NOT_MET, "grade": None, "decision_number": "", "decided_on": None}
    if met:
        number = f"Minh họa-{row.year}/QĐ-UBND"
        outcome |= {"result": Result.MET, "decision_number": number, "decided_on": end}
    safety.decide(certification=row, expected_revision=row.revision, by=by, **outcome)


def _assess(row, day: date, met: bool, by):
    criteria = safety.rule_of(row.kind, row.year).criteria_list
    answers = [(criterion, met or at > 0) for at, criterion in enumerate(criteria)]
    row = safety.assess(certification=row, assessed_on=day, answers=answers, expected_revision=1, by=by)
    row.refresh_from_db()
    return row


def _token(unit, what: str, at: int) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{what}:{unit.code}:{at}")
