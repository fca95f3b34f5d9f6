"""The page of a programme, assembled: who, what, when, and what came of it, each section with its rows."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.ui.charts import Bar, bars
from programs.activities.figures import totals
from programs.activities.indicators import indicator
from programs.coordination.models import CoordinationProgram
from programs.coordination.querysets import lineage_ids
from programs.plans.ceremonies.model import SignedAgreement
from programs.plans.joint.indicators import full_name
from programs.plans.joint.progress import progress_of
from programs.plans.joint.summary import summaries
from programs.plans.models import Award, JointPlan, PlanTask, SigningCeremony
from programs.plans.programmes.jobs import latest_refiling
from programs.plans.reach import READ, WRITE, own_units
from programs.plans.things import STORY, THINGS, Thing

SHOWN, PLANS_WITH_TARGETS = 5, 3
# What a programme is asked about first; all figures stand in the reports.
FIGURES = (
    "sessions",
    "session_attendances",
    "tips_received",
    "mediations_succeeded",
    "patrols",
    "festivals_security",
    "forums",
    "training_classes",
)


@dataclass
class Section:
    """The rows of one thing under a programme, as far as the person may read them."""

    thing: Thing
    programme: CoordinationProgram
    queryset: Any
    may_add: bool
    own_units: frozenset[int] = frozenset()
    rows: list = field(default_factory=list)
    count: int = 0

    def fill(self, rows) -> "Section":
        """Take the rows to show, with what their table needs besides."""
        self.rows = list(rows)
        if self.thing.model is SigningCeremony:
            _with_agreements(self.rows)
        if self.thing.model is JointPlan:
            known = summaries(self.rows, timezone.localdate())
            tasks = list(PlanTask.objects.filter(plan__in=self.rows))
            for plan in self.rows:
                plan.summary = known[plan.pk]
                plan.tasks = [task for task in tasks if task.plan_id == plan.pk]
        return self


def section(thing: Thing, programme, user) -> Section:
    """Not filled yet."""
    rows = thing.queryset().within_reach(user, READ).of_programme(programme)
    may_add = has(user, WRITE) and CoordinationProgram.objects.within_reach(user, WRITE).filter(
        pk=programme.pk
    )
    own = frozenset(own_units(user).values_list("pk", flat=True)) if may_add else frozenset()
    return Section(thing, programme, rows.order_by(*_order(thing)), bool(may_add), own)


def story_of(programme, user) -> dict:
    """Context of the page; a bounded number of queries, whatever hangs on the programme."""
    sections = []
    for slug in STORY:
        one = section(THINGS[slug], programme, user)
        one.count = one.queryset.count()
        sections.append(one.fill(one.queryset[:SHOWN]))
    reach = CoordinationProgram.objects.within_reach(user, READ).with_names()
    return {
        "programme": programme,
        "today": timezone.localdate(),
        "parties": list(programme.parties.all()),
        "stages": list(programme.stages.order_by("starts_on")),
        "partners": programme.programpartners.select_related("partner").order_by("partner__sort_key"),
        "movements": programme.programmovements.select_related("movement").order_by("movement__sort_key"),
        "predecessors": list(reach.filter(successor=programme)),
        "cascaded": list(reach.filter(parent=programme).order_by("level", "number", "pk")[: SHOWN * 2]),
        "cascaded_count": reach.filter(parent=programme).count(),
        "sections": sections,
        "targets": _targets(sections),
        "awards": award_counts(programme, user),
        "figures": figures_under(programme, user),
        "refiling": latest_refiling(programme),
        "may_edit": programme.unit is not None and has(user, WRITE, programme.unit),
    }


def _targets(sections) -> list:
    """(plan, progress of its targets) of the latest plans that have any."""
    (plans,) = [one.rows for one in sections if one.thing.model is JointPlan]
    found = []
    for plan in [plan for plan in plans if plan.summary.targets][:PLANS_WITH_TARGETS]:
        targets = list(plan.targets.all())
        for target in targets:
            target.plan = plan
        found.append((plan, progress_of(plan, targets, timezone.localdate())))
    return found


def award_counts(programme, user) -> list[dict]:
    """How many of each form, by issuer and kind of recipient; collectives and individuals are never added."""
    rows = Award.objects.standing().within_reach(user, READ).of_programme(programme)
    counts = rows.order_by("form", "issuer", "recipient").values("form", "issuer", "recipient")
    labels = dict(Award._meta.get_field("form").flatchoices)
    recipients = dict(Award._meta.get_field("recipient").flatchoices)
    return [
        row | {"form": labels[row["form"]], "recipient": recipients[row["recipient"]]}
        for row in counts.annotate(total=Sum("count"), times=Count("pk"))[:50]
    ]


def figures_under(programme, user) -> dict | None:
    """What the person's units logged under the programme and those below it; None for who sees no log."""
    scope = scope_of(user, Permission.LOG_VIEW)
    if not scope or scope.nation or scope.everything:
        return None
    today = timezone.localdate()
    end = min(programme.ends_on or today, today)
    units = list(scope.units().values_list("pk", flat=True))
    found = totals(units=units, start=programme.starts_on, end=end, programmes=lineage_ids(programme))
    rows = [(full_name(known), found[known.slug], known.measure_unit) for known in map(indicator, FIGURES)]
    may_report = has(user, Permission.REPORT_VIEW)
    said = {"start": programme.starts_on, "end": end, "may_report": may_report}
    return said | {"rows": rows, "any": any(figure for _, figure, _ in rows)}


def targets_chart(progress):
    """Bars of all targets in per cent of what is aimed at."""
    items = [Bar(each.aim.name, each.percent) for each in progress]
    return bars(items, title="Mức đạt so với số phấn đấu", unit="%")


def _with_agreements(ceremonies) -> None:
    signed = SignedAgreement.objects.filter(ceremony__in=ceremonies).select_related("plan", "programme")
    signed = signed.prefetch_related("signatories")
    for ceremony in ceremonies:
        ceremony.signed = [one for one in signed if one.ceremony_id == ceremony.pk]


def _order(thing: Thing) -> list[str]:
    days = {"van-ban": "issued_on", "ke-hoach": "starts_on", "khen-thuong": "awarded_on"}
    return [f"-{days.get(thing.slug, 'held_on')}", "-pk"]
