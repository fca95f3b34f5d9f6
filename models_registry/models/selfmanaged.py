"""A model at a commune: who runs it, where it works. Its life and readings are in life.py."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from models_registry.models.base import Written, refusal
from models_registry.models.catalogue import ModelType
from models_registry.querysets import SelfManagedModelQuerySet
from portal.units.columns import NfcField, SearchKeyField
from portal.units.revised import RevisionReread
from portal.units.validity import Dated, in_order, no_overlap
from programs.activities.columns import NfcTextField
from programs.activities.firm import FirmTrigger, tracked

PLACED = (
    refusal(
        "model_unit_is_commune",
        "A model is led by a commune",
        unless="EXISTS (SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id AND u.level = 'commune')",
    )
    + refusal(
        "model_type_in_reach",
        "The type belongs to another province",
        unless="""EXISTS (SELECT FROM models_registry_modeltype t JOIN units_adminunit u ON u.id = NEW.unit_id
            WHERE t.id = NEW.type_id AND (t.province_id IS NULL OR t.province_id = u.today_province_id))""",
    )
    + """
    IF TG_OP = 'UPDATE' THEN NEW.revision := OLD.revision + 1; END IF;
    RETURN NEW;
    """
)
OWNER_IS_ANOTHER = (
    refusal(
        "owner_is_another_commune",
        "A further owner is another commune than the leading one",
        unless="""EXISTS (SELECT FROM models_registry_selfmanagedmodel m, units_adminunit u
            WHERE m.id = NEW.model_id AND u.id = NEW.unit_id
            AND u.level = 'commune' AND u.id <> m.unit_id)""",
    )
    + "RETURN NEW;"
)
AREA_OF_AN_OWNER = (
    refusal(
        "model_area_of_an_owner",
        "The residential area belongs to none of the communes that run the model",
        unless="""EXISTS (
            SELECT FROM units_residentialarea a JOIN units_adminunit au ON au.id = a.unit_id,
                models_registry_selfmanagedmodel m JOIN units_adminunit mu ON mu.id = m.unit_id
            WHERE a.id = NEW.area_id AND m.id = NEW.model_id AND (
                au.today_unit_id = mu.today_unit_id OR EXISTS (
                    SELECT FROM models_registry_modelowner o JOIN units_adminunit ou ON ou.id = o.unit_id
                    WHERE o.model_id = m.id AND ou.today_unit_id = au.today_unit_id)))""",
    )
    + "RETURN NEW;"
)


def _before(name: str, func: str) -> FirmTrigger:
    return FirmTrigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=func
    )


class Recognition(models.TextChoices):
    NONE = "none", "Chưa được công nhận"
    COMMUNE = "commune", "Cấp xã công nhận"
    PROVINCE = "province", "Cấp tỉnh công nhận điển hình"
    MINISTRY = "ministry", "Bộ Công an công nhận điển hình"


@tracked("SelfManagedModelEvent", "lịch sử mô hình")
class SelfManagedModel(RevisionReread, Written):
    """One model. `unit` leads it and counts it; further owners see it counted nowhere a second time.

    Whether it is alive on a day says its steps alone. One entered by mistake is removed with a reason and is
    in no count of any day; one that has had its time ends by a step.
    """

    type = models.ForeignKey(ModelType, models.PROTECT, related_name="models", verbose_name="loại mô hình")
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị chủ trì"
    )
    name = NfcField("tên mô hình", max_length=300)
    description = NfcTextField("mục đích, cách làm", max_length=5000, blank=True, default="")
    recognition = models.CharField(
        "mức công nhận", max_length=8, choices=Recognition, default=Recognition.NONE
    )
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="nhân rộng từ mô hình",
    )
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="người gỡ",
    )
    removal_reason = NfcField("lý do gỡ", max_length=500, blank=True, default="", editable=False)
    search_key = SearchKeyField("khóa tìm kiếm", of="name")

    objects = SelfManagedModelQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình"
        verbose_name_plural = "mô hình"
        ordering = ["unit", "name", "pk"]
        triggers = [_before("model_placed", PLACED)]
        constraints = [
            models.CheckConstraint(name="model_named", condition=~Q(name="")),
            models.CheckConstraint(name="model_recognition", condition=Q(recognition__in=Recognition.values)),
            models.CheckConstraint(
                name="model_copied_from_another",
                condition=Q(copied_from=None) | ~Q(copied_from=models.F("id")),
                violation_error_message="Mô hình không thể nhân rộng từ chính nó.",
            ),
            models.CheckConstraint(
                name="model_removed_with_reason",
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:detail", args=[self.pk])

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def latest_step(self):
        """The step that holds today, None before the first."""
        return self.steps.order_by("-on").first()

    def is_copy_of(self, other) -> bool:
        return self.copied_from_id == other.pk


@tracked("ModelOwnerEvent", "lịch sử đơn vị cùng thực hiện")
class ModelOwner(models.Model):
    """A further commune that runs the model. It is covered by it; the count stays with the leading one."""

    model = models.ForeignKey(SelfManagedModel, models.PROTECT, related_name="owners", verbose_name="mô hình")
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị cùng thực hiện"
    )

    class Meta:
        verbose_name = "đơn vị cùng thực hiện mô hình"
        verbose_name_plural = "đơn vị cùng thực hiện mô hình"
        default_permissions = ()
        triggers = [_before("owner_is_another", OWNER_IS_ANOTHER)]
        constraints = [models.UniqueConstraint(fields=["model", "unit"], name="model_owner_once")]

    def __str__(self):
        return f"{self.model_id}: {self.unit_id}"


@tracked("ModelAreaEvent", "lịch sử địa bàn mô hình")
class ModelArea(Dated, models.Model):
    """A residential area where the model works, from one day to another."""

    model = models.ForeignKey(SelfManagedModel, models.PROTECT, related_name="areas", verbose_name="mô hình")
    area = models.ForeignKey(
        "units.ResidentialArea", models.PROTECT, related_name="+", verbose_name="khu dân cư"
    )
    valid_from = models.DateField("từ ngày", default=timezone.localdate)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        verbose_name = "địa bàn của mô hình"
        verbose_name_plural = "địa bàn của mô hình"
        default_permissions = ()
        triggers = [_before("area_of_an_owner", AREA_OF_AN_OWNER)]
        constraints = [
            no_overlap("model_area_once_a_day", "model", "area"),
            in_order("model_area_in_order"),
        ]

    def __str__(self):
        return f"{self.model_id}: {self.area_id}"
