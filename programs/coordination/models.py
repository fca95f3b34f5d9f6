"""Coordination programmes of the police and the Fatherland Front, from the ministry down to the commune."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.units.columns import NfcField
from programs.coordination.querysets import CoordinationProgramQuerySet, lineage_ids

__all__ = ["CoordinationProgram", "ProgramLevel", "ProgramStage", "lineage_ids"]


class ProgramLevel(models.TextChoices):
    NATION = "nation", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Cấp xã"


LEVEL_MATCHES_UNIT = """
    IF NEW.unit_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM units_adminunit u WHERE u.id = NEW.unit_id AND u.level = NEW.level
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_level_is_units',
            MESSAGE = 'The level of a programme is the level of its unit';
    END IF;
    IF NEW.parent_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM coordination_coordinationprogram p
        WHERE p.id = NEW.parent_id
        AND array_position(ARRAY['nation', 'province', 'district', 'commune'], p.level::text)
          < array_position(ARRAY['nation', 'province', 'district', 'commune'], NEW.level::text)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_parent_is_above',
            MESSAGE = 'The parent of a programme is a programme of a higher level';
    END IF;
    RETURN NEW;
"""


class CoordinationProgram(models.Model):
    """One signed programme. Several documents are called "09": the number is no key."""

    number = NfcField("số, ký hiệu", max_length=60)
    title = NfcField("tên chương trình", max_length=500)
    signed_on = models.DateField("ngày ký")
    starts_on = models.DateField("thực hiện từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True, help_text="Trống: chưa xác định.")
    level = models.CharField("cấp", max_length=8, choices=ProgramLevel)
    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="đơn vị",
        help_text="Trống: chương trình của trung ương.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cascaded",
        verbose_name="cụ thể hóa chương trình",
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="được thay bằng chương trình",
    )

    objects = CoordinationProgramQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình phối hợp"
        verbose_name_plural = "chương trình phối hợp"
        ordering = ["-starts_on", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Chương trình không được kết thúc trước khi bắt đầu.",
            ),
            models.CheckConstraint(
                name="programme_nation_has_no_unit",
                condition=Q(level="nation", unit__isnull=True)
                | Q(level__in=["province", "district", "commune"], unit__isnull=False),
                violation_error_message="Chương trình của trung ương không gắn đơn vị; các cấp khác phải có.",
            ),
            models.CheckConstraint(
                name="programme_succeeded_by_another",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                violation_error_message="Chương trình không thể thay thế chính nó.",
            ),
            models.UniqueConstraint(
                name="programme_once",
                fields=["number", "unit", "signed_on"],
                nulls_distinct=False,
                violation_error_message="Chương trình này đã có.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="programme_levels",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=LEVEL_MATCHES_UNIT,
            )
        ]

    def __str__(self):
        return f"Chương trình số {self.number}"

    def clean(self):
        """What the trigger refuses, said in Vietnamese first."""
        levels = ProgramLevel.values
        if self.unit_id and self.unit.level != self.level:
            raise ValidationError({"unit": "Cấp của chương trình phải là cấp của đơn vị ban hành."})
        if self.parent_id and levels.index(self.parent.level) >= levels.index(self.level):
            raise ValidationError({"parent": "Chương trình được cụ thể hóa phải thuộc cấp cao hơn."})


class ProgramStage(models.Model):
    """A stage of a programme that is reviewed as one ("giai đoạn 2013–2018"); stages may span years."""

    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="stages", verbose_name="chương trình"
    )
    name = NfcField("tên giai đoạn", max_length=100)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "giai đoạn thực hiện"
        verbose_name_plural = "giai đoạn thực hiện"
        ordering = ["programme", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="stage_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Giai đoạn không được kết thúc trước khi bắt đầu.",
            ),
            models.UniqueConstraint(
                name="stage_once",
                fields=["programme", "name"],
                violation_error_message="Giai đoạn này đã có.",
            ),
        ]

    def __str__(self):
        return self.name
