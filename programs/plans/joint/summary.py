"""Plans in a list: how many of their tasks are done, how many targets they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from programs.plans.joint.model import JointPlan, PlanTask, Target


@dataclass(frozen=True)
class Summary:
    """tasks: how many; done: of these; late: not done by their day; targets: how many."""

    tasks: int = 0
    done: int = 0
    late: int = 0
    targets: int = 0


def summaries(plans: Iterable[JointPlan], today: date) -> dict[int, Summary]:
    """{plan: its summary}, two queries for all."""
    ids = [plan.pk for plan in plans]
    tasks = PlanTask.objects.filter(plan__in=ids).order_by().values("plan")
    counted = tasks.annotate(
        tasks=Count("pk"),
        done=Count("pk", filter=Q(done_on__isnull=False)),
        late=Count("pk", filter=Q(done_on=None, due_on__lt=today)),
    )
    of_tasks = {row.pop("plan"): row for row in counted}
    targets = Target.objects.filter(plan__in=ids).order_by().values("plan").annotate(targets=Count("pk"))
    of_targets = dict(targets.values_list("plan", "targets"))
    return {pk: Summary(**of_tasks.get(pk, {}), targets=of_targets.get(pk, 0)) for pk in ids}
