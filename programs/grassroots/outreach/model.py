"""Warnings, cases handled, education and after-care of persons: counts only, never names."""

from django.db import models

from programs.activities.declaring import bounded, keeps_history, known
from programs.activities.held import HeldActivity, one_slot
from programs.activities.registry import Kind, Measure, register

LIMITS = {"amount": (1, 100_000)}


class OutreachKind(models.TextChoices):
    WARNED = "warned", "Gọi hỏi, răn đe"
    HANDLED = "handled", "Vụ việc xử lý"
    EDUCATED = "educated", "Cảm hóa, giáo dục tại cộng đồng"
    AFTERCARE = "aftercare", "Quản lý, giúp đỡ người sau cai nghiện"
    REINTEGRATED = "reintegrated", "Giúp đỡ người tái hòa nhập cộng đồng"


@keeps_history("lượt gọi hỏi, giáo dục")
class OutreachCount(HeldActivity):
    """So many of one kind in one half month. `amount` is lượt or vụ, as the kind says; no person is named."""

    work = models.CharField("loại việc", max_length=12, choices=OutreachKind)
    amount = models.IntegerField("số lượt, số vụ")

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "lượt gọi hỏi, giáo dục"
        constraints = [
            *HeldActivity.Meta.constraints,
            one_slot("outreachcount"),
            *bounded("outreachcount", LIMITS, {"amount": "Số lượt, số vụ"}),
            *known("outreachcount", work=OutreachKind),
        ]


def _of(indicator: str, work: OutreachKind) -> Measure:
    return Measure(indicator, on="held_on", amount="amount", where=f"work = '{work.value}'")


register(
    Kind(
        slug="goi-hoi-giao-duc",
        model=OutreachCount,
        form="programs.grassroots.outreach.form.OutreachCountForm",
        name="lượt gọi hỏi, giáo dục",
        plural="Gọi hỏi, răn đe, cảm hóa, giáo dục",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("work", "amount"),
        measures=(
            _of("outreach_warned", OutreachKind.WARNED),
            _of("outreach_handled", OutreachKind.HANDLED),
            _of("outreach_educated", OutreachKind.EDUCATED),
            _of("outreach_aftercare", OutreachKind.AFTERCARE),
            _of("outreach_reintegrated", OutreachKind.REINTEGRATED),
        ),
    )
)
