"""Festivals (ngày hội): who held them, how, and the gifts given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from programs.activities.declaring import all_known, bounded, keeps_history, known
from programs.activities.held import HeldActivity
from programs.activities.models import EntryArea
from programs.activities.querysets import ActivityQuerySet
from programs.activities.registry import Kind, Measure, register
from programs.festivals.triggers import area_triggers, event_triggers

# gift_value is đồng.
LIMITS = {"attendances": (0, 1_000_000), "gifts": (0, 1_000_000), "gift_value": (0, 1_000_000_000_000)}
WORDS = {
    "attendances": "Lượt người tham dự",
    "gifts": "Số suất quà",
    "gift_value": "Trị giá quà (đồng)",
}


class Festival(models.TextChoices):
    SECURITY = "security", "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"
    UNITY = "unity", "Ngày hội Đại đoàn kết toàn dân tộc"


class Holder(models.TextChoices):
    AREAS = "areas", "Khu dân cư (một hoặc nhiều khu)"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    AGENCY = "agency", "Cơ quan, doanh nghiệp"
    SCHOOL = "school", "Nhà trường"


class Part(models.TextChoices):
    CEREMONY = "ceremony", "Phần lễ"
    FESTIVITIES = "festivities", "Phần hội"
    LOUDSPEAKER = "loudspeaker", "Truyền thanh thay mít tinh"
    PANELS = "panels", "Treo pa nô, áp phích, khẩu hiệu"
    GIFTS = "gifts", "Thăm hỏi, tặng quà"
    ONLINE = "online", "Trực tuyến"


GATHERED = (Part.CEREMONY, Part.FESTIVITIES)
OUTSIDE = (Holder.AGENCY, Holder.SCHOOL)


class FestivalQuerySet(ActivityQuerySet):
    """Festivals, by what coverage asks of them."""

    def counted(self):
        """What figures count: live, and confirmed by the Front where that is asked."""
        return self.live().filter(awaits_front=False)

    def of_year(self, festival: str, year: int):
        """Each province sets its own season: the year counts, not the day."""
        return self.filter(festival=festival, held_on__year=year)

    def gathered(self):
        """With ceremony or festivities."""
        return self.filter(parts__overlap=list(GATHERED))

    def adapted(self):
        """Without: by loudspeaker, panels, gifts instead."""
        return self.exclude(parts__overlap=list(GATHERED))


@keeps_history("ngày hội")
class FestivalEvent(HeldActivity):
    """One event; it counts on its first day. Held by residential areas, it covers those that its entry names
    and no others. Without ceremony and festivities it was held in the adapted form, as in 2020 and 2021.
    """

    in_one_slot = False
    objects = FestivalQuerySet.as_manager()

    festival = models.CharField("ngày hội", max_length=10, choices=Festival)
    holder = models.CharField("nơi tổ chức", max_length=10, choices=Holder)
    holder_name = models.CharField(
        "tên cơ quan, nhà trường", max_length=200, blank=True, default="", db_default=""
    )
    parts = ArrayField(models.CharField(max_length=12, choices=Part), verbose_name="nội dung, hình thức")
    attendances = models.IntegerField("lượt người tham dự", null=True, blank=True)
    gifts = models.IntegerField("số suất quà", null=True, blank=True)
    gift_value = models.BigIntegerField("trị giá quà (đồng)", null=True, blank=True)

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "ngày hội"
        triggers = event_triggers()
        constraints = [
            *HeldActivity.Meta.constraints,
            *bounded("festivalevent", LIMITS, WORDS),
            *known("festivalevent", festival=Festival, holder=Holder),
            *all_known("festivalevent", parts=Part),
            models.CheckConstraint(
                name="festivalevent_some_part",
                condition=Q(parts__len__gte=1),
                violation_error_message="Chọn ít nhất một nội dung, hình thức tổ chức.",
            ),
            models.CheckConstraint(
                name="festivalevent_holder_named",
                condition=(Q(holder__in=OUTSIDE) & ~Q(holder_name=""))
                | (~Q(holder__in=OUTSIDE) & Q(holder_name="")),
                violation_error_message="Ghi tên khi cơ quan, nhà trường tổ chức; các nơi khác để trống.",
            ),
        ]


class FestivalArea(EntryArea):
    """An area that a festival covers: the same rows, on which festivals hang a refusal of their own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = verbose_name_plural = "khu dân cư của ngày hội"
        triggers = area_triggers()


ADAPTED = "NOT (parts && ARRAY['ceremony', 'festivities']::varchar[])"

register(
    Kind(
        slug="ngay-hoi",
        model=FestivalEvent,
        form="programs.festivals.forms.FestivalEventForm",
        name="ngày hội",
        plural="Ngày hội",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("festival", "holder", "attendances", "gifts", "gift_value"),
        measures=(
            Measure("festivals_security", on="held_on", where="festival = 'security'"),
            Measure("festivals_unity", on="held_on", where="festival = 'unity'"),
            Measure("festivals_adapted", on="held_on", where=ADAPTED),
            Measure("festival_attendances", on="held_on", amount="attendances"),
            Measure("festival_gifts", on="held_on", amount="gifts"),
            Measure("festival_gift_value", on="held_on", amount="gift_value"),
        ),
    )
)
