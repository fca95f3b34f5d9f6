"""The life of a model: its steps, what it had as of a day, how it was judged in a year."""

import pgtrigger
from django.db import models
from django.db.models import Q

from models_registry.models.base import TODAY, Written, refusal
from models_registry.models.selfmanaged import SelfManagedModel
from portal.units.columns import NfcField
from programs.activities.columns import NfcTextField
from programs.activities.firm import FirmTrigger, refuse, tracked


class Status(models.TextChoices):
    PILOT = "pilot", "Thí điểm"
    ACTIVE = "active", "Hoạt động"
    REPLICATED = "replicated", "Nhân rộng"
    WEAK = "weak", "Kém hiệu quả"
    ENDED = "ended", "Kết thúc"


# What covers a place. A trial and a model that has stopped working are counted, but cover nothing.
ACTIVE = (Status.ACTIVE, Status.REPLICATED)
FIRST_STATUSES = (Status.PILOT, Status.ACTIVE)
NEXT = {
    Status.PILOT: (Status.ACTIVE, Status.ENDED),
    Status.ACTIVE: (Status.REPLICATED, Status.WEAK, Status.ENDED),
    Status.REPLICATED: (Status.WEAK, Status.ENDED),
    Status.WEAK: (Status.ACTIVE, Status.ENDED),
    Status.ENDED: (),
}
_PAIRS = ", ".join(f"('{old}', '{new}')" for old, following in NEXT.items() for new in following)
_FIRST = ", ".join(f"'{status}'" for status in FIRST_STATUSES)

# The model is held until commit: two officers who take a step at once go one after the other.
LEGAL_STEP = (
    """
    PERFORM FROM models_registry_selfmanagedmodel WHERE id = NEW.model_id FOR NO KEY UPDATE;
    SELECT s.status, s."on" INTO was, since FROM models_registry_statusstep s
    WHERE s.model_id = NEW.model_id ORDER BY s."on" DESC LIMIT 1;
    """
    + refusal("step_not_in_future", "A step lies in the future", unless=f'NEW."on" <= {TODAY}')
    + refusal(
        "step_after_the_last", "A step comes after the last one", unless='since IS NULL OR NEW."on" > since'
    )
    + refusal(
        "step_follows",
        "This status does not follow that one",
        unless=f"""CASE WHEN was IS NULL THEN NEW.status IN ({_FIRST})
            ELSE (was, NEW.status::text) IN ({_PAIRS}) END""",
    )
    + refusal(
        "step_unit_of_that_day",
        "The leading commune did not exist on the first day",
        unless="""was IS NOT NULL OR EXISTS (
            SELECT FROM models_registry_selfmanagedmodel m JOIN units_adminunit u ON u.id = m.unit_id
            WHERE m.id = NEW.model_id AND (u.valid_from IS NULL OR u.valid_from <= NEW."on")
            AND (u.valid_to IS NULL OR u.valid_to >= NEW."on"))""",
    )
    + refusal(
        "copy_after_its_source",
        "A copy starts when its source has started",
        unless="""was IS NOT NULL OR NOT EXISTS (
            SELECT FROM models_registry_selfmanagedmodel m JOIN models_registry_statusstep s
                ON s.model_id = m.copied_from_id
            WHERE m.id = NEW.model_id HAVING min(s."on") > NEW."on")""",
    )
    + "RETURN NEW;"
)
LAST_ONLY = (
    refusal(
        "only_the_last_step_is_undone",
        "Only the last step is taken back, and never the first",
        unless="""EXISTS (SELECT FROM models_registry_statusstep s
            WHERE s.model_id = OLD.model_id AND s."on" < OLD."on")
        AND NOT EXISTS (SELECT FROM models_registry_statusstep s
            WHERE s.model_id = OLD.model_id AND s."on" > OLD."on")""",
    )
    + "RETURN OLD;"
)


@tracked("StatusStepEvent", "lịch sử các bước của mô hình")
class StatusStep(Written):
    """From this day on the model has this status. Steps are never changed; the last one may be taken back."""

    model = models.ForeignKey(SelfManagedModel, models.PROTECT, related_name="steps", verbose_name="mô hình")
    status = models.CharField("trạng thái", max_length=10, choices=Status)
    on = models.DateField("từ ngày")
    reason = NfcField("lý do", max_length=500)
    evidence = NfcField(
        "căn cứ",
        max_length=500,
        blank=True,
        default="",
        help_text="Số, ngày của quyết định, biên bản, báo cáo.",
    )

    class Meta:
        verbose_name = "bước của mô hình"
        verbose_name_plural = "các bước của mô hình"
        default_permissions = ()
        ordering = ["model", "on"]
        triggers = [
            FirmTrigger(
                name="step_is_legal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("was", "text"), ("since", "date")],
                func=LEGAL_STEP,
            ),
            FirmTrigger(
                name="step_last_only", when=pgtrigger.Before, operation=pgtrigger.Delete, func=LAST_ONLY
            ),
            refuse("step_stays", pgtrigger.Update | pgtrigger.Truncate, "A step of a model is never changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["model", "on"], name="step_one_a_day"),
            models.CheckConstraint(name="step_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="step_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.get_status_display()} ({self.on:%d/%m/%Y})"


@tracked("ModelReadingEvent", "lịch sử quy mô mô hình")
class ModelReading(Written):
    """What the model had at the end of a day: points, groups, members, households. Empty is not known."""

    COUNTS = ("points", "groups", "members", "households")

    model = models.ForeignKey(
        SelfManagedModel, models.PROTECT, related_name="readings", verbose_name="mô hình"
    )
    as_of = models.DateField("tính đến ngày")
    points = models.PositiveIntegerField("số điểm", null=True, blank=True)
    groups = models.PositiveIntegerField("số tổ, nhóm", null=True, blank=True)
    members = models.PositiveIntegerField("số thành viên", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ tham gia", null=True, blank=True)

    class Meta:
        verbose_name = "quy mô mô hình"
        verbose_name_plural = "quy mô mô hình"
        default_permissions = ()
        ordering = ["model", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "as_of"],
                name="model_reading_once_a_day",
                violation_error_message="Ngày này đã có số liệu.",
            ),
            models.CheckConstraint(
                name="model_reading_says_something",
                condition=Q(points__isnull=False)
                | Q(groups__isnull=False)
                | Q(members__isnull=False)
                | Q(households__isnull=False),
                violation_error_message="Nhập ít nhất một số.",
            ),
            models.CheckConstraint(
                name="model_reading_bounds",
                condition=Q(points=None) | Q(points__lte=1_000_000),
                violation_error_message="Số điểm không quá 1.000.000.",
            ),
        ]

    def __str__(self):
        return f"{self.model_id} ({self.as_of:%d/%m/%Y})"


class Effect(models.TextChoices):
    GOOD = "good", "Hiệu quả"
    FAIR = "fair", "Có hiệu quả, cần củng cố"
    POOR = "poor", "Kém hiệu quả"


@tracked("ModelAppraisalEvent", "lịch sử đánh giá mô hình")
class ModelAppraisal(Written):
    """How the model was judged in a year, with the tips and cases of that year credited to it."""

    model = models.ForeignKey(
        SelfManagedModel, models.PROTECT, related_name="appraisals", verbose_name="mô hình"
    )
    year = models.PositiveSmallIntegerField("năm")
    effect = models.CharField("đánh giá", max_length=4, choices=Effect)
    tips = models.PositiveIntegerField("nguồn tin từ mô hình", null=True, blank=True)
    cases = models.PositiveIntegerField("vụ việc mô hình giúp giải quyết", null=True, blank=True)
    note = NfcTextField("nhận xét", max_length=2000, blank=True, default="")

    class Meta:
        verbose_name = "đánh giá hằng năm"
        verbose_name_plural = "đánh giá hằng năm"
        default_permissions = ()
        ordering = ["model", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "year"],
                name="appraisal_once_a_year",
                violation_error_message="Năm này đã có đánh giá.",
            ),
            models.CheckConstraint(name="appraisal_effect", condition=Q(effect__in=Effect.values)),
            models.CheckConstraint(name="appraisal_year", condition=Q(year__gte=2000, year__lte=2100)),
        ]

    def __str__(self):
        return f"{self.year}: {self.get_effect_display()}"
