"""Who carried out an activity together: who chaired, who joined, which other communes took part, in which
movement; and the Front's confirmation of what a member organisation logged.

All of it points at the entry, for every kind of activity. None of it counts: an activity of three communes is
counted once, where its record stands.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.accounts.choices import SIGNING_SIDES
from portal.units.columns import NfcField, SortKeyField
from programs.activities.firm import FirmTrigger, append_only
from programs.activities.models import ActivityEntry
from programs.partners.querysets import CatalogueQuerySet


def tracked(name: str):
    """Every insert, update and delete of a model as a row of its history."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return pghistory.track(
        *events, model_name=name, meta={"triggers": append_only(), "verbose_name": "lịch sử"}
    )


class PartnerKind(models.TextChoices):
    MEMBER = "member", "Tổ chức thành viên Mặt trận"
    SCHOOL = "school", "Trường học"
    HEALTH = "health", "Bệnh viện, cơ sở y tế"
    BORDER = "border", "Biên phòng"
    ARMY = "army", "Quân sự"
    COURT = "court", "Tòa án, viện kiểm sát"
    GOVERNMENT = "government", "Ủy ban nhân dân và cơ quan chuyên môn"
    COMPANY = "company", "Doanh nghiệp"
    RELIGION = "religion", "Tổ chức tôn giáo"
    GRASSROOTS = "grassroots", "Lực lượng ở cơ sở"
    OTHER = "other", "Cơ quan, tổ chức khác"


class Catalogue(models.Model):
    """What admins keep a list of; entries of the list are ended, not deleted."""

    name = NfcField("tên", max_length=150)
    sort_key = SortKeyField("khóa sắp xếp", of="name")
    is_active = models.BooleanField("đang dùng", default=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


@tracked("PartnerEvent")
class Partner(Catalogue):
    """An organisation that takes part beside police and Front: everywhere, or of one place only."""

    kind = models.CharField("loại", max_length=12, choices=PartnerKind)
    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chỉ có ở",
        help_text="Tỉnh hoặc xã, phường, đặc khu. Trống: dùng cho mọi nơi.",
    )

    class Meta:
        verbose_name = "đơn vị, tổ chức phối hợp"
        verbose_name_plural = "đơn vị, tổ chức phối hợp"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "unit"],
                name="partner_once_in_a_place",
                nulls_distinct=False,
                violation_error_message="Đã có đơn vị, tổ chức này trong danh mục.",
            ),
            models.CheckConstraint(name="partner_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="partner_kind_known", condition=Q(kind__in=PartnerKind.values)),
        ]


@tracked("LinkedMovementEvent")
class LinkedMovement(Catalogue):
    """Phong trào, cuộc vận động that an activity is part of as well."""

    class Meta:
        verbose_name = "phong trào lồng ghép"
        verbose_name_plural = "phong trào lồng ghép"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="movement_once",
                violation_error_message="Đã có phong trào này trong danh mục.",
            ),
            models.CheckConstraint(name="movement_has_name", condition=~Q(name="")),
        ]


class OfEntry(models.Model):
    """What hangs on the entry of an activity."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="+", db_index=False, verbose_name="hoạt động"
    )

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self):
        return f"{self.entry_id}"


class Part(models.TextChoices):
    CHAIRED = "chaired", "Chủ trì"
    JOINED = "joined", "Tham gia"


@tracked("EntryPartnerEvent")
class EntryPartner(OfEntry):
    """A party of an activity, once: a signing side or a partner. Several may chair together."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="parties", db_index=False, verbose_name="hoạt động"
    )
    side = models.CharField(
        "bên", max_length=6, choices=[(s.value, s.label) for s in SIGNING_SIDES], blank=True
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị phối hợp"
    )
    part = models.CharField("vai trò", max_length=7, choices=Part)

    class Meta(OfEntry.Meta):
        abstract = False
        verbose_name = "bên tham gia hoạt động"
        verbose_name_plural = "bên tham gia hoạt động"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "side", "partner"], name="entry_party_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="entry_party_is_one",
                condition=Q(side="", partner__isnull=False)
                | Q(side__in=[side.value for side in SIGNING_SIDES], partner__isnull=True),
            ),
            models.CheckConstraint(name="entry_party_part_known", condition=Q(part__in=Part.values)),
        ]

    @property
    def name(self) -> str:
        return self.partner.name if self.partner_id else self.get_side_display()


JOINT_UNIT = """
    IF NOT EXISTS (
        SELECT FROM activities_activityentry e JOIN units_adminunit u ON u.id = NEW.unit_id
        WHERE e.id = NEW.entry_id AND u.id <> e.unit_id AND u.level = 'commune'
        AND (u.valid_from IS NULL OR u.valid_from <= e.day) AND (u.valid_to IS NULL OR u.valid_to >= e.day)
        FOR SHARE OF e
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_unit_of_that_day',
            MESSAGE = 'A joint unit is another commune that existed on that day';
    END IF;
    RETURN NEW;
"""


@tracked("EntryUnitEvent")
class EntryUnit(OfEntry):
    """Another commune that took part. It reads the record; figures stay with the unit that leads."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="joint_units", db_index=False, verbose_name="hoạt động"
    )
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", verbose_name="xã, phường, đặc khu cùng tham gia"
    )

    class Meta(OfEntry.Meta):
        abstract = False
        verbose_name = "đơn vị cùng tham gia"
        verbose_name_plural = "đơn vị cùng tham gia"
        constraints = [models.UniqueConstraint(fields=["entry", "unit"], name="entry_unit_once")]
        triggers = [
            FirmTrigger(
                name="joint_unit",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=JOINT_UNIT,
            )
        ]


@tracked("EntryMovementEvent")
class EntryMovement(OfEntry):
    """A movement that an activity is part of."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="movements", db_index=False, verbose_name="hoạt động"
    )
    movement = models.ForeignKey(
        LinkedMovement, models.PROTECT, related_name="+", verbose_name="phong trào lồng ghép"
    )

    class Meta(OfEntry.Meta):
        abstract = False
        verbose_name = "phong trào của hoạt động"
        verbose_name_plural = "phong trào của hoạt động"
        constraints = [models.UniqueConstraint(fields=["entry", "movement"], name="entry_movement_once")]


class MemberConfirmation(OfEntry):
    """The Front has confirmed a member organisation's record, as it was in that revision."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="confirmations", db_index=False, verbose_name="hoạt động"
    )
    revision = models.PositiveIntegerField("lần sửa")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác nhận"
    )
    at = models.DateTimeField("xác nhận lúc", default=timezone.now)

    class Meta(OfEntry.Meta):
        abstract = False
        verbose_name = "xác nhận của Mặt trận"
        verbose_name_plural = "xác nhận của Mặt trận"
        constraints = [
            models.UniqueConstraint(fields=["entry", "revision"], name="confirmed_once_a_revision")
        ]
        triggers = append_only()
