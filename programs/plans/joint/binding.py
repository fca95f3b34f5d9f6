"""The targets that bind a commune: those of its own plans, and what plans above ask of every commune."""

from copy import copy
from datetime import date, timedelta

from django.db.models import Q

from portal.units.models import AdminUnit
from programs.plans.joint.model import PlanState, Reach, Target
from programs.plans.joint.progress import Progress, progress_of

# A target that was missed is still shown for so long after its day.
REMEMBERED = timedelta(days=31)


def binding_targets(unit: AdminUnit, today: date):
    """Of plans that are issued and under way, the nearest deadline first."""
    own = Q(plan__unit__today_unit=unit.pk)
    above = Q(plan__unit=None) | Q(plan__unit=unit.today_province_id)
    found = Target.objects.filter(own | above & Q(reach=Reach.EACH), plan__removed_at=None)
    found = found.filter(plan__starts_on__lte=today, plan__ends_on__gte=today, due_on__gte=today - REMEMBERED)
    return found.exclude(plan__state=PlanState.DRAFT).with_names().order_by("due_on", "pk")


def progress_for(unit: AdminUnit, targets, today: date) -> list[Progress]:
    """How far this commune is with each, in their order; what plans above ask is counted for it alone."""
    narrowed = [_for_one(target, unit) for target in targets]
    found = {}
    for plan in {target.plan_id: target.plan for target in narrowed}.values():
        of_plan = [target for target in narrowed if target.plan_id == plan.pk]
        found |= {one.target.pk: one for one in progress_of(plan, of_plan, today)}
    return [found[target.pk] for target in narrowed]


def _for_one(target: Target, unit: AdminUnit) -> Target:
    """The target as if the commune's own plan had set it; never saved."""
    if target.reach != Reach.EACH:
        return target
    mine, plan = copy(target), copy(target.plan)
    plan.unit, mine.plan, mine.reach = unit, plan, Reach.TOTAL
    return mine
