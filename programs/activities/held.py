"""The base of kinds that take place on a day, or from one day to another, and count on the first."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from programs.activities.declaring import slot
from programs.activities.models import LoggedActivity
from programs.activities.slots import FIRST_DAY, slot_of

HALF_MONTH = "từ 01 đến 14 hoặc từ 15 đến cuối tháng"
ONE_SLOT_ONLY = f"Số liệu gộp phải nằm trong một nửa tháng: {HALF_MONTH}. Tách thành nhiều lần nhập."


class HeldActivity(LoggedActivity):
    """`held_on` is the day it counts on. `held_to`: the last day of what lasted, or was counted, longer."""

    # Where one record sums up what happened on several days, they lie in one cell of the tally.
    in_one_slot = True

    held_on = models.DateField("ngày")
    held_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta(LoggedActivity.Meta):
        abstract = True
        indexes = [models.Index(fields=["unit", "held_on"], name="%(class)s_unit_day")]
        constraints = [
            *LoggedActivity.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_since_2000",
                condition=Q(held_on__gte=FIRST_DAY),
                violation_error_message="Ngày không được trước năm 2000.",
            ),
            models.CheckConstraint(
                name="%(class)s_days_in_order",
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_on")),
                violation_error_message="“Đến ngày” không được trước ngày đầu.",
            ),
        ]

    def clean(self):
        super().clean()
        if (
            self.in_one_slot
            and self.held_on
            and self.held_to
            and slot_of(self.held_on) != slot_of(self.held_to)
        ):
            raise ValidationError({"held_to": ONE_SLOT_ONLY})


def one_slot(prefix: str) -> models.CheckConstraint:
    """The constraint of a kind that is `in_one_slot`."""
    return models.CheckConstraint(
        name=f"{prefix}_inside_one_slot",
        condition=Q(held_to__isnull=True)
        | Q(held_to__isnull=False, held_on__isnull=False)
        & models.lookups.Exact(slot("held_on"), slot("held_to")),
        violation_error_message=ONE_SLOT_ONLY,
    )
