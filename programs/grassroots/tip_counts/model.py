"""Tips (nguồn tin) as reports count them: typed by hand, by channel.

What a session of awareness brought in stands on the session (`session_tips`) and is not counted here again.
What came through the portal's own form reaches reports from here alone: nothing adds it by itself (ADR 21).
"""

from django.db import models

from programs.activities.declaring import at_most, bounded, keeps_history, known
from programs.activities.held import HeldActivity, one_slot
from programs.activities.registry import Kind, Measure, register

LIMITS = {"total": (1, 1_000_000), "valuable": (0, 1_000_000)}
VALUABLE_WITHIN = "Số tin có giá trị không được lớn hơn tổng số tin."


class Channel(models.TextChoices):
    IN_PERSON = "in_person", "Trực tiếp tại trụ sở"
    PHONE = "phone", "Điện thoại, đường dây nóng"
    LETTER_BOX = "letter_box", "Hòm thư tố giác, đơn thư"
    ONLINE = "online", "VNeID, Zalo, mạng xã hội"
    CORE_FORCE = "core_force", "Qua Tổ bảo vệ an ninh, trật tự, Ban công tác Mặt trận"
    OTHER = "other", "Kênh khác"


class Category(models.TextChoices):
    POLITICAL_SECURITY = "political_security", "An ninh chính trị"
    CRIME = "crime", "Tội phạm"
    SOCIAL_VICE = "social_vice", "Tệ nạn xã hội"
    OTHER = "other", "Lĩnh vực khác"


@keeps_history("số nguồn tin tiếp nhận")
class TipCount(HeldActivity):
    """`total` tips of one category (empty: not classified) by one channel in one half month, of which
    `valuable` proved so (null: not known)."""

    channel = models.CharField("kênh tiếp nhận", max_length=12, choices=Channel)
    category = models.CharField(
        "lĩnh vực", max_length=20, choices=Category, blank=True, default="", db_default=""
    )
    total = models.IntegerField("tổng số tin")
    valuable = models.IntegerField("tin có giá trị", null=True, blank=True)

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "số nguồn tin tiếp nhận"
        constraints = [
            *HeldActivity.Meta.constraints,
            one_slot("tipcount"),
            *bounded("tipcount", LIMITS, {"total": "Tổng số tin", "valuable": "Số tin có giá trị"}),
            at_most("tipcount", "valuable", "total", VALUABLE_WITHIN),
            *known("tipcount", channel=Channel, category=(Category, True)),
        ]


def _on(indicator: str, category: str) -> Measure:
    return Measure(indicator, on="held_on", amount="total", where=f"category = '{category}'")


register(
    Kind(
        slug="nguon-tin",
        model=TipCount,
        form="programs.grassroots.tip_counts.form.TipCountForm",
        name="số nguồn tin tiếp nhận",
        plural="Nguồn tin tiếp nhận",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("channel", "category", "total", "valuable"),
        measures=(
            Measure("tips_received", on="held_on", amount="total"),
            Measure("tips_valuable", on="held_on", amount="valuable"),
            _on("tips_political_security", Category.POLITICAL_SECURITY),
            _on("tips_crime", Category.CRIME),
            _on("tips_social_vice", Category.SOCIAL_VICE),
            _on("tips_other", Category.OTHER),
            _on("tips_unclassified", ""),
        ),
    )
)
