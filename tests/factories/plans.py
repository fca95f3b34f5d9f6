"""Programmes and what is done about them, as communes and provinces enter it."""

from datetime import date
from decimal import Decimal

from programs.coordination.models import CoordinationProgram
from programs.plans.models import JointPlan, Meeting, PlanTask, SigningCeremony, Target
from tests.factories.user import commune

START, END = date(2026, 1, 1), date(2026, 12, 31)


def national(number="07/CTrPH-BCA-MTTW") -> CoordinationProgram:
    return CoordinationProgram.objects.get(number=number, level="nation")


def programme(number="01/CTrPH", where=None, *, starts_on=START, **fields) -> CoordinationProgram:
    """A programme of Phường Thành Sen, or of another unit, below the nation's."""
    where = where or commune()
    fields = {"signed_on": starts_on, "parent": national(), **fields}
    return CoordinationProgram.objects.create(
        number=number, title=f"Chương trình phối hợp số {number}", level=where.level, unit=where,
        starts_on=starts_on, **fields,
    )  # fmt: skip


def plan(by, where=None, of=None, **fields) -> JointPlan:
    """A plan of 2026 under the nation's programme."""
    given = {
        "unit": where or commune(),
        "title": "Kế hoạch phối hợp năm 2026",
        "issuers": "Công an phường Thành Sen\nỦy ban MTTQ Việt Nam phường Thành Sen",
        "starts_on": START,
        "ends_on": END,
    }
    return JointPlan.objects.create(programme=of or national(), logged_by=by, **given | fields)


def target(plan, indicator="sessions", amount=10, **fields) -> Target:
    given = {"due_on": plan.ends_on, "logged_by": plan.logged_by, **fields}
    return Target.objects.create(plan=plan, indicator=indicator, amount=Decimal(str(amount)), **given)


def task(plan, **fields) -> PlanTask:
    given = {"what": "Ra quân tuyên truyền phòng, chống ma túy", "who": "Công an, Mặt trận phường", **fields}
    return PlanTask.objects.create(plan=plan, logged_by=plan.logged_by, **given)


def meeting(by, *programmes, **fields) -> Meeting:
    given = {
        "unit": commune(),
        "kind": "interim",
        "title": "Hội nghị sơ kết sáu tháng đầu năm",
        "held_on": date(2026, 7, 3),
        "chairs": "Trưởng Công an phường",
    }
    made = Meeting.objects.create(logged_by=by, **given | fields)
    for one in programmes:
        made.links.create(programme=one)
    return made


def ceremony(by, of, **fields) -> SigningCeremony:
    given = {"unit": commune(), "title": "Lễ ký kết chương trình phối hợp", "held_on": START, **fields}
    return SigningCeremony.objects.create(programme=of, logged_by=by, **given)
