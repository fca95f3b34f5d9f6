"""Writing certification. Keyword-only, atomic, with `by=`; each write has its history.

Errors: PermissionDenied, RegistryError with Vietnamese words, Overtaken, and what the database alone refuses.
"""

from datetime import date

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from models_registry.errors import Overtaken, RegistryError, SubjectsChanged
from models_registry.models import (
    CertificationRule,
    CriterionAnswer,
    Result,
    SafetyCertification,
    SelfAssessment,
    SubjectKind,
)
from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.ui.numbers import day
from portal.units.text import fold

NO_RULE = "Chưa có quy định xét cho đối tượng này trong năm đã chọn. Đề nghị quản trị bổ sung."
DECIDED = "Đã có kết quả. Sửa kết quả về “Chưa có kết quả” trước."

OUTCOME = ("result", "grade", "decision_number", "decided_on")


def rule_of(kind: str, year: int) -> CertificationRule | None:
    """Window and criteria for a kind of subject in a certification year; None where none is known."""
    return CertificationRule.objects.for_year(year).filter(kind=kind).first()


@transaction.atomic
def register(
    *, unit, kind: str, year: int, registered_on: date, by, areas=(), names=()
) -> list[SafetyCertification]:
    """Register subjects of one kind for a year; those that are registered already stay as they are.

    Thông tư 124/2021/TT-BCA: a subject registers inside the window of the year.
    """
    _may_write(by, unit)
    _inside_window(kind, year, registered_on)
    same = {"unit": unit, "kind": kind, "year": year, "registered_on": registered_on, "logged_by": by}
    if kind == SubjectKind.COMMUNE:
        wanted = [{}]
    elif kind == SubjectKind.AREA:
        wanted = [{"area": area} for area in areas]
    else:
        wanted = [{"subject_name": name} for name in names]
    known = _known(unit, kind, year)
    new = [SafetyCertification(**same, **subject) for subject in wanted if _key(subject) not in known]
    with _history(by, "register"):
        for row in new:
            row.save(force_insert=True)
    return new


@transaction.atomic
def assess(*, certification, assessed_on: date, answers, expected_revision: int, by) -> SafetyCertification:
    """The subject's own assessment, criterion by criterion; it holds to meet all or does not meet.

    `answers`: (criterion as worded now, is it met) in order. A former assessment is replaced.
    """
    row = _locked(certification, expected_revision, by)
    if row.result != Result.PENDING:
        raise RegistryError(DECIDED)
    row.assessed_on = assessed_on
    row.self_assessment = SelfAssessment.MET if all(met for _, met in answers) else SelfAssessment.NOT_MET
    with _history(by, "assess"):
        row.save()
        row.answers.all().delete()
        CriterionAnswer.objects.bulk_create(
            CriterionAnswer(certification=row, place=place, criterion=criterion, is_met=met)
            for place, (criterion, met) in enumerate(answers, 1)
        )
    return row


@transaction.atomic
def decide(*, certification, expected_revision: int, by, **outcome) -> SafetyCertification:
    """The result: `result`, `grade`, `decision_number`, `decided_on`. The database refuses half of one."""
    row = _locked(certification, expected_revision, by)
    for name in OUTCOME:
        setattr(row, name, outcome[name])
    with _history(by, "decide"):
        row.save()
    return row


@transaction.atomic
def decide_many(*, certifications, seen: dict[int, int], by, **outcome) -> None:
    """One numbered decision for many subjects: all of them or none. `outcome`: as in `decide`.

    `seen`: {id: revision that the person saw}. Those that carry this very outcome already (the same POST
    again) stay as they are. SubjectsChanged names those that somebody else has written meanwhile.
    """
    wanted = {row.pk: row for row in certifications}
    rows = list(_lockable().filter(pk__in=wanted).order_by("pk"))
    for unit in {row.unit for row in rows}:
        _may_write(by, unit)
    undecided = [row for row in rows if any(getattr(row, name) != outcome[name] for name in OUTCOME)]
    changed = [row for row in undecided if row.result != Result.PENDING or row.revision != seen.get(row.pk)]
    gone = [wanted[pk] for pk in wanted.keys() - {row.pk for row in rows}]
    if changed or gone:
        raise SubjectsChanged([*changed, *gone])
    with _history(by, "decide"):
        SafetyCertification.objects.filter(pk__in=[row.pk for row in undecided]).update(
            **{name: outcome[name] for name in OUTCOME}
        )


@transaction.atomic
def cancel(*, certification, reason: str, by) -> None:
    """Take out a registration that has no result; it stays in the history with the reason."""
    row = _locked(certification, None, by)
    if row.result != Result.PENDING:
        raise RegistryError(DECIDED)
    with pghistory.context(user=by.pk, verb="cancel", reason=reason):
        row.answers.all().delete()
        row.delete()


def _inside_window(kind, year, registered_on) -> None:
    rule = rule_of(kind, year)
    if rule is None:
        raise RegistryError(NO_RULE)
    start, end = rule.window(year)
    if not start <= registered_on <= end:
        raise RegistryError(f"Ngày đăng ký của năm {year} phải từ {day(start)} đến {day(end)}.")


def _known(unit, kind, year) -> set:
    rows = SafetyCertification.objects.filter(unit=unit, kind=kind, year=year)
    return set(rows.values_list("area", "subject_key"))


def _key(subject: dict) -> tuple:
    area = subject.get("area")
    return area and area.pk, fold(subject.get("subject_name", ""))


def _locked(certification, expected_revision, by) -> SafetyCertification:
    row = _lockable().get(pk=certification.pk)
    _may_write(by, row.unit)
    if expected_revision is not None and row.revision != expected_revision:
        raise Overtaken(row)
    return row


def _lockable():
    return SafetyCertification.objects.select_for_update(of=("self",)).with_names()


def _may_write(by, unit) -> None:
    if not has(by, Permission.REGISTRY_WRITE, unit):
        raise PermissionDenied


def _history(by, verb: str):
    return pghistory.context(user=by.pk, verb=verb)
