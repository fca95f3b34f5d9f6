"""Last year's plan as a draft of this year's: the same tasks and targets, all days a year later."""

import re
import uuid
from datetime import date

import pghistory
from django.db import transaction

from programs.coordination.models import CoordinationProgram
from programs.plans.actions import may_write
from programs.plans.joint.model import JointPlan, PlanState, PlanTask, Target


def year_later(day: date | None) -> date | None:
    """The same day a year later; 29/2 becomes 28/2."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@transaction.atomic
def copy_plan(*, plan: JointPlan, token, by) -> tuple[JointPlan, bool]:
    """(draft, created). Number, day of issue and what was done are left out; the same token finds the draft.

    It goes under the programme in force on its first day, and to what the unit has become.
    """
    unit = plan.unit if plan.unit is None or plan.unit.is_today else plan.unit.today_unit or plan.unit
    may_write(by, unit)
    known = JointPlan.objects.filter(client_token=token).first()
    if known:
        return known, False
    starts_on = year_later(plan.starts_on)
    draft = JointPlan(
        unit=unit,
        programme=_programme_then(plan, unit, starts_on),
        title=_a_year_on(plan.title, plan.starts_on.year),
        issuers=plan.issuers,
        starts_on=starts_on,
        ends_on=year_later(plan.ends_on),
        state=PlanState.DRAFT,
        aim=_a_year_on(plan.aim, plan.starts_on.year),
        copied_from=plan,
        logged_by=by,
        client_token=token,
    )
    with pghistory.context(user=by.pk, verb="copy"):
        draft.save(force_insert=True)
        _copy_parts(plan, draft, by)
    return draft, True


def _copy_parts(plan, draft, by) -> None:
    for task in plan.plantasks.all():
        PlanTask.objects.create(
            plan=draft, place=task.place, what=task.what, who=task.who, due_on=year_later(task.due_on),
            logged_by=by, client_token=uuid.uuid4(),
        )  # fmt: skip
    for target in plan.targets.all():
        Target.objects.create(
            plan=draft, place=target.place, indicator=target.indicator, amount=target.amount,
            due_on=year_later(target.due_on), reach=target.reach, note=target.note,
            logged_by=by, client_token=uuid.uuid4(),
        )  # fmt: skip


def _programme_then(plan, unit, day: date) -> CoordinationProgram:
    if plan.programme.in_force_on(day):
        return plan.programme
    return CoordinationProgram.objects.local_to(unit, day) or plan.programme


def _a_year_on(text: str, year: int) -> str:
    """ "Kế hoạch phối hợp năm 2025" -> "… năm 2026"; other numbers stay."""
    return re.sub(rf"\b{year}\b", str(year + 1), text)
