"""Loans for reintegration in totals, and the core forces: what there is as of a day, never who."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q

from models_registry.models.base import TODAY, Written, refusal
from models_registry.models.selfmanaged import SelfManagedModel
from models_registry.querysets import AsOfQuerySet
from portal.units.columns import NfcField
from programs.activities.firm import FirmTrigger, tracked

NOT_IN_FUTURE = (
    refusal("holding_not_in_future", "The day lies in the future", unless=f"NEW.as_of <= {TODAY}")
    + "RETURN NEW;"
)


def not_in_future() -> FirmTrigger:
    return FirmTrigger(
        name="not_in_future",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=NOT_IN_FUTURE,
    )


class LoanStage(models.TextChoices):
    ELIGIBLE = "eligible", "Đủ điều kiện vay"
    PROPOSED = "proposed", "Đề nghị cho vay"
    DISBURSED = "disbursed", "Đã giải ngân"


@tracked("ReintegrationLoanEvent", "lịch sử vay vốn tái hòa nhập")
class ReintegrationLoan(Written):
    """People (người, not lượt) and đồng of one stage, in all as of a day. The latest as of a day counts."""

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    model = models.ForeignKey(
        SelfManagedModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="loans",
        verbose_name="mô hình",
    )
    stage = models.CharField("giai đoạn", max_length=9, choices=LoanStage)
    as_of = models.DateField("tính đến ngày")
    people = models.PositiveIntegerField("số người")
    amount = models.BigIntegerField("số tiền (đồng)", null=True, blank=True)
    source = NfcField("nguồn, ghi chú", max_length=500, blank=True, default="")

    objects = AsOfQuerySet.as_manager()

    class Meta:
        verbose_name = "vay vốn tái hòa nhập cộng đồng"
        verbose_name_plural = "vay vốn tái hòa nhập cộng đồng"
        default_permissions = ()
        ordering = ["-as_of", "stage", "pk"]
        triggers = [not_in_future()]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "stage", "as_of"],
                name="loan_once_a_day",
                violation_error_message="Ngày này đã có số liệu của giai đoạn này.",
            ),
            models.CheckConstraint(name="loan_stage", condition=Q(stage__in=LoanStage.values)),
            models.CheckConstraint(
                name="loan_amount_bounds",
                condition=Q(amount=None) | Q(amount__gte=0, amount__lte=1_000_000_000_000),
                violation_error_message="Số tiền phải từ 0 đến 1.000.000.000.000 đồng.",
            ),
            models.CheckConstraint(
                name="loan_money_to_somebody",
                condition=Q(amount=None) | Q(amount=0) | Q(people__gte=1),
                violation_error_message="Có số tiền thì phải có số người.",
            ),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} ({self.as_of:%d/%m/%Y})"


class ForceKind(models.TextChoices):
    SECURITY_TEAM = "security_team", "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở"
    MEDIATION_TEAM = "mediation_team", "Tổ hòa giải"
    FRONT_COMMITTEE = "front_committee", "Ban công tác Mặt trận"
    SELF_MANAGED_TEAM = "self_managed", "Tổ tự quản"
    RESPECTED = "respected", "Già làng, trưởng bản, người có uy tín"
    OTHER = "other", "Lực lượng khác"


SECURITY_TEAMS_SINCE = date(2024, 7, 1)


@tracked("CoreForceEvent", "lịch sử lực lượng nòng cốt")
class CoreForce(Written):
    """Teams and people of one kind at a commune as of a day. People of standing form no teams.

    Tổ bảo vệ an ninh, trật tự exist since 1/7/2024: Luật Lực lượng tham gia bảo vệ ANTT ở cơ sở.
    """

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("lực lượng", max_length=15, choices=ForceKind)
    as_of = models.DateField("tính đến ngày")
    teams = models.PositiveIntegerField("số tổ", null=True, blank=True)
    people = models.PositiveIntegerField("số người")

    objects = AsOfQuerySet.as_manager()

    class Meta:
        verbose_name = "lực lượng nòng cốt"
        verbose_name_plural = "lực lượng nòng cốt"
        default_permissions = ()
        ordering = ["-as_of", "kind", "pk"]
        triggers = [not_in_future()]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "as_of"],
                name="force_once_a_day",
                violation_error_message="Ngày này đã có số liệu của lực lượng này.",
            ),
            models.CheckConstraint(name="force_kind", condition=Q(kind__in=ForceKind.values)),
            models.CheckConstraint(
                name="force_teams",
                condition=Q(kind=ForceKind.RESPECTED, teams=None)
                | (~Q(kind=ForceKind.RESPECTED) & Q(teams__isnull=False)),
                violation_error_message="Người có uy tín không tính theo tổ; lực lượng khác phải có số tổ.",
            ),
            models.CheckConstraint(
                name="force_security_team_since",
                condition=~Q(kind=ForceKind.SECURITY_TEAM) | Q(as_of__gte=SECURITY_TEAMS_SINCE),
                violation_error_message="Tổ bảo vệ an ninh, trật tự có từ 01/7/2024.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.as_of:%d/%m/%Y})"
