"""The targets of the place's own plans, most behind first, as they stand today.

Behind: past the deadline and not reached; then the per cent of the aim less the per cent of the plan's time
that has gone by, the lowest first; what is reached comes last. Drafts bind nobody and are left out.
"""

from django.urls import reverse

from portal.ui.charts import Bar, bars
from portal.ui.numbers import number
from programs.plans.joint.model import JointPlan, PlanState, Target
from programs.plans.joint.progress import LATE, MET, NOT_BEGUN, Progress, progress_of
from reports.dashboards.blocks.shape import Block, Fact, Row, Scene

MOST_PLANS, PICTURED = 5, 8
COLUMNS = ("Chỉ tiêu", "Kết quả", "Phấn đấu", "% so với phấn đấu", "Thời hạn", "Tình hình")
PLACES = {LATE: 0, NOT_BEGUN: 2, MET: 3}


def block(scene: Scene) -> Block | None:
    """None where the place has no plan in force in the period."""
    plans = _plans(scene)
    found = [one for plan in plans[:MOST_PLANS] for one in _progress(plan, scene)]
    if not found:
        return None
    found.sort(key=_behind)
    more = f" Chỉ tính {MOST_PLANS} kế hoạch mới nhất." if len(plans) > MOST_PLANS else ""
    return Block(
        slug="chi-tieu-phan-dau",
        title="Tiến độ chỉ tiêu phấn đấu",
        lead=f"Tính đến ngày {scene.today:%d/%m/%Y}; chỉ tiêu chậm nhất so với thời gian xếp trước.{more}",
        facts=_facts(found),
        columns=COLUMNS,
        rows=[_row(one) for one in found],
        picture=_picture(found),
        links=[(plan.title, plan.get_absolute_url()) for plan in plans[:MOST_PLANS]],
    )


def _plans(scene: Scene) -> list[JointPlan]:
    """One more than are shown, the latest first."""
    issued = JointPlan.objects.standing().filter(unit__today_unit=scene.place).exclude(state=PlanState.DRAFT)
    in_force = issued.filter(starts_on__lte=scene.period.end, ends_on__gte=scene.period.start)
    return list(in_force.with_names().order_by("-starts_on", "-pk")[: MOST_PLANS + 1])


def _progress(plan: JointPlan, scene: Scene) -> list[Progress]:
    targets = list(Target.objects.filter(plan=plan).order_by("pk"))
    for target in targets:
        target.plan = plan
    return progress_of(plan, targets, scene.today) if targets else []


def _behind(one: Progress) -> tuple:
    return PLACES.get(one.state, 1), (one.percent or 0) - _time_gone(one), one.target.due_on


def _time_gone(one: Progress) -> int:
    """Whole per cent of the days from the plan's first to the target's last."""
    start, due = one.target.plan.starts_on, one.target.due_on
    return 100 * ((one.until - start).days + 1) // max((due - start).days + 1, 1)


def _facts(found: list[Progress]) -> list[Fact]:
    met = sum(one.is_met for one in found)
    late = sum(one.state == LATE for one in found)
    return [
        Fact("Chỉ tiêu đã đạt", f"{number(met)}/{number(len(found))}"),
        Fact("Quá hạn, chưa đạt", number(late)),
    ]


def _row(one: Progress) -> Row:
    target = one.target
    cells = (one.figure, one.goal, one.percent, target.due_on, one.label)
    return Row(one.aim.name, cells, reverse("plans:target", args=[target.pk]))


def _picture(found: list[Progress]) -> str:
    known = [Bar(one.aim.name, one.percent) for one in found if one.percent is not None][:PICTURED]
    return bars(known, title="Kết quả so với số phấn đấu", unit="%") if len(known) > 1 else ""
