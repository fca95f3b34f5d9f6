"""Which activities may show that a task was done, and which were chosen."""

import pghistory
from django.db import transaction
from django.db.models import Q

from portal.access.permissions import Permission
from programs.activities.models import ActivityEntry
from programs.plans.actions import may_write, replace_links
from programs.plans.joint.model import MOST_EVIDENCE, PlanTask, TaskEvidence
from programs.plans.joint.progress import units_of


def offered(task: PlanTask, *, user, search: str, chosen) -> object:
    """The latest activities of the plan's unit and days that the person reads, and those chosen before."""
    plan = task.plan
    mine = ActivityEntry.objects.visible_to(user, Permission.LOG_VIEW).live()
    mine = mine.filter(unit__in=units_of(plan.unit) or []).between(plan.starts_on, plan.ends_on)
    latest = list(mine.search(search).latest_first().values_list("pk", flat=True)[:MOST_EVIDENCE])
    found = ActivityEntry.objects.filter(Q(pk__in=latest) | Q(pk__in=list(chosen)))
    return found.select_related("unit").order_by("-day", "-pk")


@transaction.atomic
def set_evidence(*, task: PlanTask, entries, by) -> None:
    """Make these activities the evidence of the task."""
    may_write(by, task.owner_unit)
    PlanTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    with pghistory.context(user=by.pk, verb="evidence"):
        replace_links(rows=task.evidence.all(), model=TaskEvidence, column="entry", wanted=entries, task=task)
