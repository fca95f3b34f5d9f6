"""Joint plans of police and Front: tasks, and targets whose progress the tallies tell."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.units.columns import NfcField, SearchKeyField
from programs.activities.columns import NfcTextField
from programs.activities.firm import refused, tracked
from programs.activities.models import ActivityEntry
from programs.activities.triggers import TODAY
from programs.coordination.models import ProgramStage
from programs.coordination.numbers import CodeKeyField
from programs.plans.base import REVISED, Kept, Written, before, known, named
from programs.plans.querysets import PlanPartQuerySet, PlanQuerySet

MOST_TARGETS, MOST_TASKS, MOST_EVIDENCE = 40, 100, 50


class PlanState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã ban hành"
    FINISHED = "finished", "Đã kết thúc"


@tracked("JointPlanEvent", "lịch sử kế hoạch")
class JointPlan(Kept):
    """A plan of a year or a stage. Its targets count from its first day on."""

    day_field = "starts_on"

    number = NfcField("số, ký hiệu", max_length=60, blank=True, default="")
    title = NfcField("tên kế hoạch", max_length=300)
    issuers = NfcTextField(
        "cơ quan cùng ban hành", max_length=500, help_text="Mỗi cơ quan một dòng, ví dụ: Công an tỉnh."
    )
    signed_on = models.DateField("ngày ban hành", null=True, blank=True)
    starts_on = models.DateField("thực hiện từ ngày")
    ends_on = models.DateField("đến hết ngày")
    stage = models.ForeignKey(
        ProgramStage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giai đoạn"
    )
    state = models.CharField("tình trạng", max_length=8, choices=PlanState, default=PlanState.DRAFT)
    aim = NfcTextField("mục đích, yêu cầu", max_length=5000, blank=True, default="")
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        editable=False,
        verbose_name="lập theo kế hoạch",
    )
    source = NfcField("nguồn", max_length=300, blank=True, default="")
    number_key = CodeKeyField("khóa số, ký hiệu", of="number")
    search_key = SearchKeyField("khóa tìm kiếm", of="title")

    objects = PlanQuerySet.as_manager()

    class Meta(Kept.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "kế hoạch phối hợp"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Kept.Meta.constraints,
            known("plan_state", "state", PlanState),
            named("plan_named", "title", "issuers"),
            models.CheckConstraint(
                name="plan_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Kế hoạch không được kết thúc trước khi bắt đầu.",
            ),
            models.CheckConstraint(
                name="plan_issued_on_a_day",
                condition=Q(state="draft") | Q(signed_on__isnull=False),
                violation_error_message="Kế hoạch đã ban hành phải có ngày ban hành.",
            ),
        ]

    def __str__(self):
        return f"Kế hoạch số {self.number}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.pk])

    @property
    def issuer_lines(self) -> list[str]:
        return self.issuers.splitlines()


class OfPlan(Written):
    """What a plan is made of, in its order."""

    plan = models.ForeignKey(JointPlan, models.PROTECT, related_name="%(class)ss", verbose_name="kế hoạch")
    place = models.PositiveSmallIntegerField("thứ tự", default=1)

    objects = PlanPartQuerySet.as_manager()

    class Meta(Written.Meta):
        abstract = True
        ordering = ["place", "pk"]

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()

    @property
    def owner_unit(self):
        return self.plan.unit


DONE = f"""
    IF NEW.done_on > {TODAY} THEN
        {refused("task_done_not_in_future", "A task cannot have been done in the future")}
    END IF;
"""


@tracked("PlanTaskEvent", "lịch sử nhiệm vụ")
class PlanTask(OfPlan):
    """Who does what by when; done on a day, with the log as its evidence."""

    what = NfcTextField("nhiệm vụ", max_length=2000)
    who = NfcField("đơn vị thực hiện", max_length=300, help_text="Ví dụ: Công an, Mặt trận xã, phường.")
    due_on = models.DateField("hoàn thành trước hết ngày", null=True, blank=True)
    done_on = models.DateField("đã hoàn thành ngày", null=True, blank=True)
    result = NfcTextField("kết quả", max_length=2000, blank=True, default="")

    class Meta(OfPlan.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "nhiệm vụ của kế hoạch"
        triggers = [before("revised", REVISED + DONE)]
        constraints = [
            named("task_named", "what", "who"),
        ]

    def __str__(self):
        return self.what[:100]


EVIDENCE = f"""
    IF NOT EXISTS (
        SELECT FROM plans_plantask t JOIN plans_jointplan p ON p.id = t.plan_id
        LEFT JOIN units_adminunit pu ON pu.id = p.unit_id
        JOIN activities_activityentry e ON e.id = NEW.entry_id AND e.live
        JOIN units_adminunit u ON u.id = e.unit_id
        WHERE t.id = NEW.task_id AND (
            p.unit_id IS NULL
            OR coalesce(pu.today_unit_id, pu.id) = coalesce(u.today_unit_id, u.id)
            OR (pu.level = 'province' AND coalesce(pu.today_unit_id, pu.id) = u.today_province_id)
            OR (pu.level = 'district' AND u.parent_id = pu.id)
        )
    ) THEN
        {refused("evidence_of_the_plans_unit", "The activity belongs to another unit than the plan")}
    END IF;
"""


@tracked("TaskEvidenceEvent", "lịch sử minh chứng")
class TaskEvidence(models.Model):
    """An activity of the log that shows that a task was done."""

    task = models.ForeignKey(PlanTask, models.PROTECT, related_name="evidence", verbose_name="nhiệm vụ")
    entry = models.ForeignKey(ActivityEntry, models.PROTECT, related_name="+", verbose_name="hoạt động")

    class Meta:
        verbose_name = verbose_name_plural = "minh chứng của nhiệm vụ"
        default_permissions = ()
        ordering = ["-entry__day", "-entry"]
        triggers = [before("evidence_of_unit", EVIDENCE)]
        constraints = [models.UniqueConstraint(fields=["task", "entry"], name="task_evidence_once")]

    def __str__(self):
        return f"{self.task_id}: {self.entry_id}"


class Reach(models.TextChoices):
    TOTAL = "total", "Cả đơn vị cộng lại"
    EACH = "each", "Từng xã, phường, đặc khu phải đạt"


@tracked("TargetEvent", "lịch sử chỉ tiêu phấn đấu")
class Target(OfPlan):
    """What is to be reached by a day; how much is reached is never stored (see `progress`).

    `indicator`: slug of a built-in or custom indicator, or of a coverage, whose amount is a per cent.
    """

    indicator = models.CharField("chỉ tiêu", max_length=40)
    amount = models.DecimalField("phấn đấu đạt", max_digits=18, decimal_places=3)
    due_on = models.DateField("đến hết ngày")
    reach = models.CharField("cách tính", max_length=5, choices=Reach, default=Reach.TOTAL)
    note = NfcField("ghi chú", max_length=300, blank=True, default="")

    class Meta(OfPlan.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "chỉ tiêu phấn đấu"
        constraints = [
            known("target_reach", "reach", Reach),
            models.CheckConstraint(
                name="target_indicator", condition=Q(indicator__regex=r"^[a-z][a-z0-9_]*(:[a-z_]+)?$")
            ),
            models.CheckConstraint(
                name="target_amount",
                condition=Q(amount__gt=0, amount__lte=1_000_000_000_000),
                violation_error_message="Số phấn đấu phải lớn hơn 0 và không quá 1.000.000.000.000.",
            ),
            models.CheckConstraint(
                name="target_coverage_is_a_share",
                condition=~Q(indicator__startswith="coverage:") | Q(amount__lte=100, reach="total"),
                violation_error_message="Độ phủ tính theo %, từ trên 0 đến 100, cho cả đơn vị.",
            ),
            models.UniqueConstraint(
                fields=["plan", "indicator", "due_on"],
                name="target_once",
                violation_error_message="Kế hoạch đã có chỉ tiêu này đến ngày đó.",
            ),
        ]

    def __str__(self):
        return f"{self.plan_id}: {self.indicator}"
