"""Certification as of a day: of each kind of subject the last year whose window had closed by then."""

from datetime import date

from django.db.models import Q
from django.utils import timezone

from models_registry.models import (
    CertificationBase,
    CertificationRule,
    Result,
    SafetyCertification,
    SubjectKind,
)
from models_registry.standing.figure import Row, Standing

GROUP = "An toàn về an ninh, trật tự"


def certified(ids, day: date) -> list[Standing]:
    """For each kind: how many are eligible, and how many met by a decision of that day or before."""
    years = closed_years(day)
    if not years:
        return []
    asked = Q()
    for kind, year in years.items():
        asked |= Q(kind=kind, year=year)
    met = SafetyCertification.objects.filter(asked, unit__in=ids, result=Result.MET, decided_on__lte=day)
    met = list(met.with_names().order_by("pk"))
    bases = list(CertificationBase.objects.filter(asked, unit__in=ids).order_by("pk"))
    return [one for kind, year in years.items() for one in _of_kind(SubjectKind(kind), year, met, bases)]


def closed_years(day: date) -> dict[str, int]:
    """{kind: the last certification year whose window had ended at the end of the day}."""
    rules = list(CertificationRule.objects.all())
    found = {}
    for kind in SubjectKind.values:
        for year in (day.year, day.year - 1):
            rule = next((r for r in rules if r.kind == kind and r.existed_on(date(year, 1, 1))), None)
            if rule and rule.window(year)[1] <= day:
                found[kind] = year
                break
    return found


def _of_kind(kind: SubjectKind, year: int, met, bases) -> list[Standing]:
    passed = [row for row in met if row.kind == kind]
    known = [base for base in bases if base.kind == kind]
    eligible = sum(base.total - base.left_out for base in known)
    rows = tuple(Row("SafetyCertification", row.pk, row.unit_id, row.decided_on, 1) for row in passed)
    base_rows = tuple(
        Row("CertificationBase", base.pk, base.unit_id, timezone.localdate(base.logged_at), amount)
        for base in known
        if (amount := base.total - base.left_out)
    )
    name, unit = f"{kind.label} đạt “An toàn về an ninh, trật tự” năm {year}", "đối tượng"
    rate = (len(rows), eligible) if known else None
    of_those = f"{kind.label} thuộc diện xét năm {year}"
    return [
        Standing(f"safety_{kind.value}_eligible", GROUP, of_those, unit, base_rows),
        Standing(f"safety_{kind.value}_met", GROUP, name, unit, rows, rate=rate),
    ]
