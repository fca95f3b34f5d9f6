"""The catalogue: types of model, kept by each province below the nation's, and the grades of two schemes."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from models_registry.models.base import refusal
from models_registry.querysets import ModelTypeQuerySet
from portal.units.columns import NfcField, SearchKeyField
from programs.activities.firm import FirmTrigger, tracked

MERGED_IN_PLACE = (
    refusal(
        "type_merged_into_standing",
        "A type is merged into one that stands, of the nation or of the same province",
        unless="""NEW.merged_into_id IS NULL OR EXISTS (
            SELECT FROM models_registry_modeltype t WHERE t.id = NEW.merged_into_id
            AND t.merged_into_id IS NULL AND (t.province_id IS NULL OR t.province_id = NEW.province_id))""",
    )
    + refusal(
        "type_merged_last",
        "Types were merged into this one: lead them on first",
        unless="""NEW.merged_into_id IS NULL OR NOT EXISTS (
            SELECT FROM models_registry_modeltype t WHERE t.merged_into_id = NEW.id)""",
    )
    + "RETURN NEW;"
)


class Theme(models.TextChoices):
    SELF_MANAGEMENT = "self_management", "Tự phòng, tự quản, tự bảo vệ"
    LINKAGE = "linkage", "Liên kết, giáp ranh, biên giới, biển đảo"
    CAMERA = "camera", "Camera, khoa học - công nghệ"
    REINTEGRATION = "reintegration", "Cảm hóa, giáo dục, tái hòa nhập cộng đồng"
    WORKPLACE = "workplace", "Cơ quan, doanh nghiệp, công trường, nhà trường"
    TRAFFIC = "traffic", "Trật tự, an toàn giao thông"
    FIRE = "fire", "Phòng cháy, chữa cháy"
    CRIME_DRUGS = "crime_drugs", "Phòng, chống tội phạm, ma túy"
    FAITH_ETHNIC = "faith_ethnic", "Vùng đồng bào dân tộc thiểu số, tôn giáo"
    OTHER = "other", "Lĩnh vực khác"


@tracked("ModelTypeEvent", "lịch sử loại mô hình")
class ModelType(models.Model):
    """A type of model. A near-duplicate is merged into the type that stays: its models keep what they were
    called, and are counted under the type that stays."""

    name = NfcField("tên loại mô hình", max_length=200, help_text="Ví dụ: Camera với an ninh trật tự.")
    province = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tỉnh, thành phố",
        limit_choices_to={"level": "province", "valid_to": None},
        help_text="Để trống: dùng trong cả nước.",
    )
    theme = models.CharField("lĩnh vực", max_length=16, choices=Theme, default=Theme.SELF_MANAGEMENT)
    aliases = ArrayField(
        NfcField("tên gọi khác", max_length=200),
        verbose_name="tên gọi khác",
        default=list,
        blank=True,
        help_text="Cách nhau bằng dấu phẩy.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="đã gộp vào",
        help_text="Loại gần trùng tên thì gộp vào loại giữ lại; mô hình cũ giữ nguyên tên loại.",
    )
    merge_reason = NfcField("lý do gộp", max_length=300, blank=True, default="")
    search_key = SearchKeyField("khóa tìm kiếm", of="all_names")

    objects = ModelTypeQuerySet.as_manager()

    class Meta:
        verbose_name = "loại mô hình"
        verbose_name_plural = "loại mô hình"
        ordering = ["name", "pk"]
        triggers = [
            FirmTrigger(
                name="type_merged_in_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=MERGED_IN_PLACE,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "province"],
                name="model_type_name_once",
                nulls_distinct=False,
                violation_error_message="Đã có loại mô hình cùng tên trong phạm vi này.",
            ),
            models.CheckConstraint(name="model_type_named", condition=~Q(name="")),
            models.CheckConstraint(name="model_type_theme", condition=Q(theme__in=Theme.values)),
            models.CheckConstraint(
                name="model_type_merged_into_another",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message="Không gộp loại mô hình vào chính nó.",
            ),
            models.CheckConstraint(
                name="model_type_merged_with_reason",
                condition=Q(merged_into=None, merge_reason="")
                | (Q(merged_into__isnull=False) & ~Q(merge_reason="")),
                violation_error_message="Gộp loại mô hình thì ghi lý do gộp; không gộp thì để trống lý do.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def all_names(self) -> str:
        return " | ".join([self.name, *self.aliases])

    def clean(self):
        """What the trigger refuses, said in Vietnamese first."""
        into = self.merged_into
        if into and (into.merged_into_id or into.province_id not in (None, self.province_id)):
            raise ValidationError({"merged_into": "Chọn loại chưa bị gộp, của cả nước hoặc cùng tỉnh."})
        if into and self.pk and self.merged.exists():
            raise ValidationError(
                {"merged_into": "Có loại khác đã gộp vào loại này: chuyển các loại đó trước."}
            )


class Scheme(models.TextChoices):
    CERTIFICATION = "certification", "Xếp loại trong xét đạt tiêu chuẩn “An toàn về an ninh, trật tự”"
    MOVEMENT = "movement", "Phân loại phong trào Toàn dân bảo vệ an ninh Tổ quốc"


class GradeLevel(models.Model):
    """A grade of a scheme, best first. A setting: the rules that name them change."""

    scheme = models.CharField("cách xếp loại", max_length=13, choices=Scheme)
    name = NfcField("mức", max_length=60)
    place = models.PositiveSmallIntegerField("thứ tự", help_text="Mức cao nhất đứng đầu, số 1.")
    is_used = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "mức xếp loại"
        verbose_name_plural = "mức xếp loại"
        ordering = ["scheme", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "name"], name="grade_once", violation_error_message="Mức này đã có."
            ),
            models.CheckConstraint(name="grade_scheme", condition=Q(scheme__in=Scheme.values)),
        ]

    def __str__(self):
        return self.name
