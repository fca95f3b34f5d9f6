"""Published figures of earlier years, held as they were said. They are shown, and never added to anything."""

from django.db import models
from django.db.models import Q

from models_registry.models.catalogue import ModelType
from models_registry.querysets import HistoricalFigureQuerySet
from portal.ui.numbers import number
from portal.units.columns import NfcField
from programs.activities.firm import tracked


class Subject(models.TextChoices):
    TYPES = "types", "Loại mô hình"
    MODELS = "models", "Mô hình, chuyên đề"
    POINTS = "points", "Điểm mô hình"
    COMMUNES = "communes", "Xã, phường, thị trấn có mô hình"
    OTHER = "other", "Chỉ số khác"


class Qualifier(models.TextChoices):
    EXACT = "exact", ""
    OVER = "over", "hơn"
    NEARLY = "nearly", "gần"
    ABOUT = "about", "khoảng"


@tracked("HistoricalFigureEvent", "lịch sử số liệu công bố")
class HistoricalFigure(models.Model):
    """One published figure: a number with its qualifier, or words without a number.

    Two sources may disagree about one thing: both are kept, one of them is the one in use.
    """

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    subject = models.CharField("đếm cái gì", max_length=8, choices=Subject)
    name = NfcField(
        "tên chỉ số", max_length=200, help_text="Ví dụ: Xã, phường, thị trấn có mô hình Dòng họ tự quản."
    )
    type = models.ForeignKey(
        ModelType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published",
        verbose_name="loại mô hình",
    )
    measure_unit = NfcField("đơn vị tính", max_length=60)
    qualifier = models.CharField(
        "mức độ", max_length=6, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    amount = models.BigIntegerField("số", null=True, blank=True)
    words = NfcField(
        "nguyên văn",
        max_length=200,
        blank=True,
        default="",
        help_text="Ví dụ: hàng nghìn. Có thể không có số.",
    )
    as_of = models.DateField("tính đến ngày", null=True, blank=True, help_text="Trống: nguồn không nêu ngày.")
    source = NfcField("nguồn", max_length=500)
    is_used = models.BooleanField("số được dùng", default=True)

    objects = HistoricalFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đã công bố"
        verbose_name_plural = "số liệu đã công bố"
        ordering = ["unit", "-as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "as_of"],
                condition=Q(is_used=True),
                nulls_distinct=False,
                name="published_one_is_used",
                violation_error_message="Chỉ số này vào ngày này đã có một nguồn đang dùng.",
            ),
            models.CheckConstraint(name="published_subject", condition=Q(subject__in=Subject.values)),
            models.CheckConstraint(name="published_qualifier", condition=Q(qualifier__in=Qualifier.values)),
            models.CheckConstraint(
                name="published_says_something",
                condition=Q(amount__gte=0) | (Q(amount=None) & ~Q(words="")),
                violation_error_message="Nhập số, hoặc nguyên văn nếu nguồn không nêu số.",
            ),
            models.CheckConstraint(
                name="published_has_source",
                condition=~Q(source="") & ~Q(name="") & ~Q(measure_unit=""),
                violation_error_message="Ghi tên chỉ số, đơn vị tính và nguồn.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.text}"

    @property
    def text(self) -> str:
        """As it was said: "hơn 40.000 buổi", "hàng nghìn tin"."""
        if self.amount is None:
            return f"{self.words} {self.measure_unit}"
        said = f"{self.get_qualifier_display()} {number(self.amount)} {self.measure_unit}".strip()
        return f"{said} (nguyên văn: {self.words})" if self.words else said
