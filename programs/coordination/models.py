"""Coordination programmes of the police and the Fatherland Front, from the ministry down to the commune."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.accounts.choices import Side
from portal.units.columns import NfcField, SearchKeyField
from portal.units.revised import RevisionReread
from programs.coordination.numbers import CodeKeyField
from programs.coordination.querysets import CoordinationProgramQuerySet, lineage_ids

__all__ = ["CoordinationProgram", "ProgramLevel", "ProgramParty", "ProgramStage", "lineage_ids"]


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
    IF TG_OP = 'UPDATE' THEN
        NEW.revision := OLD.revision + 1;
    END IF;
    RETURN NEW;
"""


def revised() -> pgtrigger.Trigger:
    """Every update raises the row's `revision`, whoever writes."""
    return pgtrigger.Trigger(
        name="revised",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="NEW.revision := OLD.revision + 1; RETURN NEW;",
    )


def tracked(name: str, verbose_name: str):
    """History of every insert, update and delete, which nobody changes."""
    kept = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=name,
        meta={"triggers": [kept], "verbose_name": verbose_name},
    )


@tracked("CoordinationProgramEvent", "lịch sử chương trình")
class CoordinationProgram(RevisionReread, models.Model):
    """One signed programme. Several documents are called "09": the number is no key, and may be unknown."""

    number = NfcField(
        "số, ký hiệu", max_length=60, blank=True, default="", help_text="Trống: không có hoặc không rõ."
    )
    title = NfcField("tên chương trình", max_length=500)
    signed_on = models.DateField("ngày ký", null=True, blank=True, help_text="Trống: không rõ.")
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
    note = NfcField("ghi chú, nguồn", max_length=500, blank=True, default="")
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)
    # Of the form it was entered with, so that a double POST is one programme.
    client_token = models.UUIDField(null=True, unique=True, default=None, editable=False)
    number_key = CodeKeyField("khóa số, ký hiệu", of="number")
    search_key = SearchKeyField("khóa tìm kiếm", of="title")

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
            models.CheckConstraint(name="programme_has_title", condition=~Q(title="")),
            models.UniqueConstraint(
                name="programme_once",
                fields=["number", "title", "unit", "signed_on"],
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
        return f"Chương trình số {self.number}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:programme", args=[self.pk])

    @property
    def owner_unit(self):
        """Whose it is; None: the nation's."""
        return self.unit

    @property
    def unit_name(self) -> str:
        """Whose it is, by the name of its first day."""
        return self.unit.name_on(self.starts_on) if self.unit else "Trung ương"

    @property
    def short_name(self) -> str:
        """For lists and links: its number, else what it is called."""
        return self.number or self.title

    def in_force_on(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    def clean(self):
        """What the trigger refuses, said in Vietnamese first."""
        levels = ProgramLevel.values
        if self.unit_id and self.unit.level != self.level:
            raise ValidationError({"unit": "Cấp của chương trình phải là cấp của đơn vị ban hành."})
        below = self.level and self.parent_id and levels.index(self.level) > levels.index(self.parent.level)
        if self.level and self.parent_id and not below:
            raise ValidationError({"parent": "Chương trình được cụ thể hóa phải thuộc cấp cao hơn."})


@tracked("ProgramPartyEvent", "lịch sử bên ký")
class ProgramParty(models.Model):
    """An organisation that signed: police and Front at every level, others beside them where they did.

    Organisations only: who held the pen is told by the document.
    """

    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="parties", verbose_name="chương trình"
    )
    side = models.CharField("bên", max_length=6, choices=Side)
    name = NfcField("cơ quan, tổ chức", max_length=200)

    class Meta:
        verbose_name = "bên ký chương trình"
        verbose_name_plural = "bên ký chương trình"
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="programme_party_once",
                fields=["programme", "name"],
                violation_error_message="Bên này đã có trong chương trình.",
            ),
            models.CheckConstraint(name="programme_party_side", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="programme_party_named", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name


@tracked("ProgramStageEvent", "lịch sử giai đoạn")
class ProgramStage(models.Model):
    """A stage of a programme that is reviewed as one ("giai đoạn 2013–2018"); stages may span years."""

    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="stages", verbose_name="chương trình"
    )
    name = NfcField("tên giai đoạn", max_length=100)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)

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
        triggers = [revised()]

    def __str__(self):
        return self.name

    @property
    def owner_unit(self):
        return self.programme.unit
