"""Media output: banners, articles, documents and the like, counted by the piece."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from programs.activities.declaring import all_known, bounded, keeps_history, known
from programs.activities.held import HeldActivity, one_slot
from programs.activities.registry import Kind, Measure, register
from programs.awareness.choices import Topic

LIMITS = {"quantity": (1, 10_000_000)}


class Medium(models.TextChoices):
    BANNER = "banner", "Băng zôn, khẩu hiệu"
    PANEL = "panel", "Pa nô, áp phích"
    ARTICLE = "article", "Tin, bài"
    REPORTAGE = "reportage", "Phóng sự, video"
    DOCUMENT = "document", "Tài liệu, sổ tay"
    LEAFLET = "leaflet", "Tờ rơi, tờ gấp"
    BROADCAST = "broadcast", "Lượt phát thanh"
    POST = "post", "Bài đăng trên mạng xã hội, nhóm Zalo"
    OTHER = "other", "Sản phẩm khác"


@keeps_history("sản phẩm tuyên truyền")
class MediaOutput(HeldActivity):
    """`quantity` pieces of one medium, put up, published or handed out."""

    medium = models.CharField("loại sản phẩm", max_length=10, choices=Medium)
    quantity = models.IntegerField("số lượng")
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic), verbose_name="chủ đề", default=list, blank=True
    )

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "sản phẩm tuyên truyền"
        constraints = [
            *HeldActivity.Meta.constraints,
            one_slot("mediaoutput"),
            *bounded("mediaoutput", LIMITS, {"quantity": "Số lượng"}),
            *known("mediaoutput", medium=Medium),
            *all_known("mediaoutput", topics=Topic),
        ]


def _of(indicator: str, *media: Medium) -> Measure:
    named = ", ".join(f"'{medium.value}'" for medium in media)
    return Measure(indicator, on="held_on", amount="quantity", where=f"medium IN ({named})")


register(
    Kind(
        slug="san-pham-tuyen-truyen",
        model=MediaOutput,
        form="programs.awareness.media.form.MediaOutputForm",
        name="sản phẩm tuyên truyền",
        plural="Sản phẩm tuyên truyền",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("medium", "quantity"),
        measures=(
            _of("media_banners", Medium.BANNER, Medium.PANEL),
            _of("media_articles", Medium.ARTICLE, Medium.REPORTAGE),
            _of("media_documents", Medium.DOCUMENT, Medium.LEAFLET),
            _of("media_broadcasts", Medium.BROADCAST),
            _of("media_posts", Medium.POST),
            _of("media_others", Medium.OTHER),
        ),
    )
)
