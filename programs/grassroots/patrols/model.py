"""Patrols (tuần tra, canh gác): shifts, and the turnouts of all who took part."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from programs.activities.declaring import all_known, bounded, keeps_history, known
from programs.activities.held import HeldActivity, one_slot
from programs.activities.registry import Kind, Measure, register

LIMITS = {"shift_count": (1, 10_000), "turnouts": (0, 1_000_000)}


class AreaTag(models.TextChoices):
    RESIDENTIAL = "residential", "Khu dân cư"
    BORDERING = "bordering", "Địa bàn giáp ranh"
    HOTSPOT = "hotspot", "Địa bàn trọng điểm, phức tạp"
    FRONTIER = "frontier", "Biên giới, ven biển"
    WORKPLACE = "workplace", "Khu công nghiệp, công trường"
    EVENT = "event", "Lễ hội, nơi đông người"
    OTHER = "other", "Địa bàn khác"


class Force(models.TextChoices):
    POLICE = "police", "Công an"
    SECURITY_TEAM = "security_team", "Tổ bảo vệ an ninh, trật tự"
    MILITIA = "militia", "Dân quân"
    FRONT = "front", "Ban công tác Mặt trận"
    YOUTH = "youth", "Đoàn Thanh niên"
    VETERANS = "veterans", "Hội Cựu chiến binh"
    RESIDENTS = "residents", "Người dân, tổ tự quản"
    OTHER = "other", "Lực lượng khác"


@keeps_history("ca tuần tra")
class Patrol(HeldActivity):
    """One shift, or `shift_count` of them inside one half month. `turnouts` are lượt người over all shifts,
    null when nobody counted: whoever went three times is three turnouts."""

    shift_count = models.IntegerField("số ca", default=1, db_default=1)
    turnouts = models.IntegerField("lượt người tham gia", null=True, blank=True)
    area_tag = models.CharField(
        "địa bàn", max_length=12, choices=AreaTag, default=AreaTag.RESIDENTIAL, db_default=AreaTag.RESIDENTIAL
    )
    forces = ArrayField(
        models.CharField(max_length=14, choices=Force), verbose_name="lực lượng", default=list, blank=True
    )

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "ca tuần tra"
        constraints = [
            *HeldActivity.Meta.constraints,
            one_slot("patrol"),
            *bounded("patrol", LIMITS, {"shift_count": "Số ca", "turnouts": "Lượt người tham gia"}),
            *known("patrol", area_tag=AreaTag),
            *all_known("patrol", forces=Force),
        ]


register(
    Kind(
        slug="tuan-tra",
        model=Patrol,
        form="programs.grassroots.patrols.form.PatrolForm",
        name="ca tuần tra",
        plural="Tuần tra, canh gác",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("shift_count", "turnouts", "area_tag"),
        measures=(
            Measure("patrols", on="held_on", amount="shift_count"),
            Measure("patrol_turnouts", on="held_on", amount="turnouts"),
            Measure("patrols_bordering", on="held_on", amount="shift_count", where="area_tag = 'bordering'"),
        ),
    )
)
