"""What all kinds of activity share, the index over them, and the tally that reports are summed from."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from pghistory.models import Event

from portal.accounts.models import Side
from portal.units.columns import NfcField
from programs.activities.columns import NfcTextField, SequenceIdField
from programs.activities.custom.triggers import entry_triggers
from programs.activities.firm import FirmTrigger
from programs.activities.indicators import INDICATORS
from programs.activities.querysets import ActivityQuerySet, EntryQuerySet, TallyQuerySet
from programs.coordination.models import CoordinationProgram


class LoggedActivity(models.Model):
    """One logged activity, or several of one slot entered together.

    Abstract: each kind has its own table with typed columns. `id` comes from one sequence for all kinds.
    `programme` may be left empty on saving: the most local programme in force on the day is filled in, here
    for the ORM, by the guard trigger for bulk and SQL writes; a later change of day or unit by SQL keeps
    it. `revision` grows by one with every update, whoever writes. `content_hash` is of what was first sent
    under `client_token`; later edits do not change it.
    """

    id = SequenceIdField(primary_key=True, sequence="activity_id_seq")
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị"
    )
    programme = models.ForeignKey(
        CoordinationProgram,
        models.PROTECT,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="chương trình phối hợp",
    )
    side = models.CharField("bên ghi", max_length=6, choices=Side)
    title = NfcField("nội dung", max_length=300)
    # A member organisation's record counts for nothing until the Front of its commune has confirmed it. The
    # guard trigger sets this on every insert; measures, and all that sums in SQL of its own, ask for it.
    awaits_front = models.BooleanField(
        "chờ Mặt trận xác nhận", default=False, db_default=False, editable=False
    )
    narrative = NfcTextField("diễn biến, kết quả", max_length=5000, blank=True, default="", db_default="")
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="người ghi"
    )
    logged_at = models.DateTimeField("ghi lúc", default=timezone.now, db_default=Now(), editable=False)
    updated_at = models.DateTimeField("sửa lúc", default=timezone.now, db_default=Now(), editable=False)
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)
    client_token = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    content_hash = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    deleted_at = models.DateTimeField("xóa lúc", null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name="người xóa",
    )
    deletion_reason = NfcField(
        "lý do xóa", max_length=500, blank=True, default="", db_default="", editable=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["logged_by", "client_token"], name="%(class)s_token_once"),
            models.CheckConstraint(name="%(class)s_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="%(class)s_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="%(class)s_only_members_await", condition=Q(awaits_front=False) | Q(side=Side.MEMBER)
            ),
            models.CheckConstraint(
                name="%(class)s_deleted_with_reason",
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True, deletion_reason="")
                | (Q(deleted_at__isnull=False, deleted_by__isnull=False) & ~Q(deletion_reason="")),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.settle_programme()
        adding = self._state.adding
        if adding:  # as the guard trigger does
            self.awaits_front = self.side == Side.MEMBER
        super().save(*args, **kwargs)
        if not adding:  # what the guard trigger has written
            self.refresh_from_db(fields=["revision", "updated_at"])

    def settle_programme(self) -> bool:
        """Fill in the most local programme in force where none is given; False if there is none."""
        if self.programme_id is None:
            self.programme = CoordinationProgram.objects.local_to(self.unit, self.day)
        return self.programme_id is not None

    @property
    def kind(self):
        from programs.activities.registry import kind_of  # the registry needs the models of the kinds

        return kind_of(self)

    @property
    def day(self):
        """The day of the activity: the date column that its kind names."""
        return getattr(self, self.kind.date_field)

    @property
    def is_live(self) -> bool:
        return self.deleted_at is None

    def clean(self):
        """What the guard trigger refuses, said in Vietnamese and beside its field."""
        errors, today, kind = {}, timezone.localdate(), self.kind
        for name in kind.all_dates:
            value = getattr(self, name)
            if value and value > today:
                errors[name] = "Ngày không được ở tương lai."
        if self.unit_id and self.day and not self.unit.existed_on(self.day):
            errors.setdefault(kind.date_field, f"Vào ngày này chưa có hoặc không còn {self.unit.full_name}.")
        if self.unit_id and self.day and not self.settle_programme():
            errors.setdefault(kind.date_field, "Vào ngày này không có chương trình phối hợp nào có hiệu lực.")
        if errors:
            raise ValidationError(errors)


class LogEvent(Event):
    """History of a kind. Kinds share the ids: a frozen figure names its rows by event id alone."""

    pgh_id = SequenceIdField(primary_key=True, sequence="activity_event_id_seq")

    class Meta:
        abstract = True


class ActivityEntry(models.Model):
    """One line for each activity of any kind, with its id; written by triggers only.

    Photos, evidence, areas, partners point here; the feed and the search read it.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField("loại hoạt động", max_length=30)
    # The row of the kind holds the foreign key to the unit; a second check of the same would only cost.
    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name="đơn vị",
    )
    programme = models.ForeignKey(
        CoordinationProgram,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name="chương trình phối hợp",
    )
    day = models.DateField("ngày")
    title = models.CharField("nội dung", max_length=300)
    search_key = models.TextField("khóa tìm kiếm")
    live = models.BooleanField("còn hiệu lực")
    # What hangs on an entry and is summed (amounts of custom indicators) counts only where this is false.
    awaits_front = models.BooleanField("chờ Mặt trận xác nhận", default=False, db_default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        default_permissions = ()
        indexes = [
            # All that a search reads, so that it reads neither the table nor the words of other communes.
            models.Index(
                fields=["unit", "day", "id"], include=["live", "kind", "search_key"], name="entry_of_unit"
            )
        ]
        triggers = entry_triggers()

    def __str__(self):
        return self.title

    def activity(self):
        """The activity itself, of its kind, with unit, programme and people."""
        from programs.activities.registry import kind

        return kind(self.kind).model.objects.with_context().get(pk=self.pk)


# The entry is held until commit: whoever moves the activity meanwhile waits, and then sees the area.
AREA_OF_ENTRY = """
    IF NOT EXISTS (
        SELECT FROM activities_activityentry e JOIN units_residentialarea a ON a.unit_id = e.unit_id
        WHERE e.id = NEW.entry_id AND a.id = NEW.area_id
        AND (a.valid_from IS NULL OR a.valid_from <= e.day) AND (a.valid_to IS NULL OR a.valid_to >= e.day)
        FOR SHARE OF e
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_area_of_that_unit',
            MESSAGE = 'A residential area belongs to another unit or another time';
    END IF;
    RETURN NEW;
"""


class EntryArea(models.Model):
    """A residential area where an activity took place: of the same commune, existing on that day."""

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="entry_areas", db_index=False, verbose_name="hoạt động"
    )
    area = models.ForeignKey(
        "units.ResidentialArea", models.PROTECT, related_name="entry_areas", verbose_name="khu dân cư"
    )

    class Meta:
        verbose_name = "khu dân cư của hoạt động"
        verbose_name_plural = "khu dân cư của hoạt động"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "area"], name="entry_area_once")]
        triggers = [
            FirmTrigger(
                name="area_of_entry",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=AREA_OF_ENTRY,
            )
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.area_id}"


class Tally(models.Model):
    """What one unit counts under one programme in one slot (see `slots`); written by triggers only.

    The counting columns are those of `indicators`.
    """

    pk = models.CompositePrimaryKey("unit", "slot", "programme")
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", db_index=False)
    slot = models.IntegerField()
    programme = models.ForeignKey(CoordinationProgram, models.PROTECT, related_name="+", db_index=False)
    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu tổng hợp nửa tháng"
        verbose_name_plural = "số liệu tổng hợp nửa tháng"
        default_permissions = ()

    def __str__(self):
        return f"{self.unit_id}/{self.slot}/{self.programme_id}"


for _each in INDICATORS:
    # No bound below zero: the proposed row of an upsert may be a negative difference.
    _column = models.BigIntegerField if _each.is_large else models.IntegerField
    Tally.add_to_class(_each.column, _column(default=0, db_default=0))


# Custom indicators and opening figures live in files of their own; Django finds models here.
from programs.activities import opening as _opening  # noqa: E402, F401
from programs.activities.custom import models as _custom  # noqa: E402, F401
