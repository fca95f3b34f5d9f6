"""What the rows share: whose they are, who wrote them, revision, removal with a reason, history."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from portal.units.columns import NfcField
from portal.units.revised import RevisionReread
from programs.activities.firm import FirmTrigger, refused
from programs.coordination.models import CoordinationProgram
from programs.plans.querysets import KeptQuerySet

REVISED = "IF TG_OP = 'UPDATE' THEN NEW.revision := OLD.revision + 1; END IF;"
# As CoordinationProgramQuerySet.within_reach: own, of the province or old district, the nation's.
IN_REACH = f"""
    IF NOT EXISTS (
        SELECT FROM coordination_coordinationprogram p
        LEFT JOIN units_adminunit of ON of.id = p.unit_id
        LEFT JOIN units_adminunit u ON u.id = NEW.unit_id
        WHERE p.id = NEW.programme_id AND (
            p.unit_id IS NULL
            OR coalesce(of.today_unit_id, of.id) = coalesce(u.today_unit_id, u.id)
            OR (of.level <> 'commune' AND of.today_province_id = u.today_province_id)
        )
    ) THEN
        {refused("row_in_reach_of_its_programme", "The programme does not bind that unit")}
    END IF;
"""


def before(name: str, func: str) -> FirmTrigger:
    return FirmTrigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"{func} RETURN NEW;",
    )


class Written(RevisionReread, models.Model):
    """Who entered the row, and the token of the form, so that a double POST is one row."""

    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="người ghi"
    )
    logged_at = models.DateTimeField("ghi lúc", default=timezone.now, db_default=Now(), editable=False)
    client_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()
        triggers = [before("revised", REVISED)]


class Removable(Written):
    """A row of a unit; one entered by mistake is removed with a reason and stands on no page."""

    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="đơn vị",
        help_text="Trống: trung ương.",
    )
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name="người gỡ",
    )
    removal_reason = NfcField("lý do gỡ", max_length=500, blank=True, default="", editable=False)

    objects = KeptQuerySet.as_manager()
    day_field = ""

    class Meta(Written.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_removed_with_reason",
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
        ]

    @property
    def owner_unit(self):
        return self.unit

    @property
    def own_day(self):
        """The day by which its unit is named; None where it is not known."""
        return getattr(self, self.day_field)

    @property
    def unit_name(self) -> str:
        """The unit by the name that it bore on that day ("Tỉnh Thừa Thiên Huế")."""
        if self.unit is None:
            return "Trung ương"
        return self.unit.name_on(self.own_day) if self.own_day else self.unit.full_name

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class Kept(Removable):
    """One that belongs to one programme, which must bind its unit."""

    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="+", verbose_name="chương trình phối hợp"
    )

    class Meta(Removable.Meta):
        abstract = True
        triggers = [before("revised", REVISED + IN_REACH)]


def known(name: str, field: str, choices) -> models.CheckConstraint:
    """The column holds one of the choices."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": choices.values}))


def named(name: str, *fields: str) -> models.CheckConstraint:
    """None of the texts is empty."""
    condition = Q()
    for field in fields:
        condition &= ~Q(**{field: ""})
    return models.CheckConstraint(name=name, condition=condition)
