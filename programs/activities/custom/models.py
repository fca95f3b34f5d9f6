"""The catalogue of custom indicators, amounts on activities with their tally, readings of stocks."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from portal.units.columns import NfcField
from programs.activities.custom.querysets import CustomIndicatorQuerySet, ReadingQuerySet
from programs.activities.custom.triggers import amount_triggers, indicator_triggers, reading_triggers
from programs.activities.firm import tracked
from programs.activities.models import ActivityEntry, LogEvent
from programs.coordination.models import CoordinationProgram

# A thousand billion đồng on one activity; a cell of the tally holds a thousand of those.
MOST = Decimal("1000000000000")


def start_of_report_year() -> date:
    """15/12 of the year before: from there the cumulative figures of this year are counted."""
    return date(timezone.localdate().year - 1, 12, 15)


class Nature(models.TextChoices):
    FLOW = "flow", "Phát sinh: nhập theo từng hoạt động, cộng dồn theo thời gian"
    STOCK = "stock", "Hiện có: nhập số hiện có theo ngày, không cộng dồn theo thời gian"


class Decimals(models.IntegerChoices):
    NONE = 0, "Số nguyên, ví dụ 12"
    ONE = 1, "Một chữ số, ví dụ 2,5"
    TWO = 2, "Hai chữ số, ví dụ 2,55"
    THREE = 3, "Ba chữ số, ví dụ 2,555"


@tracked("CustomIndicatorEvent", "lịch sử chỉ tiêu tự đặt", base_model=LogEvent)
class CustomIndicator(models.Model):
    """An indicator of the catalogue. `slug` ("x12") names it in figures and reports, and never changes."""

    name = NfcField("tên chỉ tiêu", max_length=200, help_text="Ví dụ: Súng tự chế giao nộp.")
    measure_unit = NfcField("đơn vị tính", max_length=30, help_text="Ví dụ: khẩu, kg, đồng.")
    group = NfcField(
        "nhóm",
        max_length=100,
        default="Chỉ tiêu khác",
        help_text="Các chỉ tiêu cùng nhóm đứng liền nhau trong biểu nhập và trong báo cáo.",
    )
    place = models.PositiveSmallIntegerField(
        "thứ tự trong nhóm", default=0, help_text="Số nhỏ đứng trước; bằng nhau thì xếp theo tên."
    )
    decimals = models.PositiveSmallIntegerField(
        "phần thập phân", choices=Decimals, default=Decimals.NONE, help_text="Nhập nhiều hơn sẽ bị từ chối."
    )
    nature = models.CharField("tính chất", max_length=5, choices=Nature, default=Nature.FLOW)
    province = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tỉnh, thành phố",
        limit_choices_to={"level": "province", "valid_to": None},
        help_text="Để trống: dùng trong cả nước.",
    )
    active_from = models.DateField(
        "dùng từ ngày",
        default=start_of_report_year,
        help_text="Chỉ nhập được cho hoạt động từ ngày này; kỳ trước đó in “–”, không in 0.",
    )
    active_to = models.DateField(
        "dùng đến ngày",
        null=True,
        blank=True,
        help_text="Để trống: còn dùng. Chỉ tiêu thôi dùng thì ghi ngày cuối, số liệu cũ vẫn giữ.",
    )

    objects = CustomIndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu tự đặt"
        verbose_name_plural = "chỉ tiêu tự đặt"
        triggers = indicator_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["name", "province"],
                name="custom_indicator_name_once",
                nulls_distinct=False,
                violation_error_message="Đã có chỉ tiêu cùng tên trong phạm vi này.",
            ),
            models.CheckConstraint(
                name="custom_indicator_named", condition=~Q(name="") & ~Q(measure_unit="") & ~Q(group="")
            ),
            models.CheckConstraint(name="custom_indicator_decimals", condition=Q(decimals__lte=3)),
            models.CheckConstraint(name="custom_indicator_nature", condition=Q(nature__in=Nature.values)),
            models.CheckConstraint(
                name="custom_indicator_days_in_order",
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")),
                violation_error_message="“Dùng đến ngày” không được trước “Dùng từ ngày”.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.measure_unit})"

    @property
    def slug(self) -> str:
        return f"x{self.pk}"

    @property
    def is_stock(self) -> bool:
        return self.nature == Nature.STOCK

    @property
    def is_used(self) -> bool:
        """Whether figures were entered: then unit, nature, province stay and decimals only grow."""
        return bool(self.pk) and (self.amounts.exists() or self.readings.exists())


def _bounded(name: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__gte": 0, f"{field}__lte": MOST}),
        violation_error_message="Số liệu phải từ 0 đến 1.000.000.000.000.",
    )


@tracked("CustomAmountEvent", "lịch sử số liệu chỉ tiêu tự đặt", base_model=LogEvent)
class CustomAmount(models.Model):
    """How much of a flow one activity counts. Nothing entered is no row: unknown is not zero."""

    entry = models.ForeignKey(
        ActivityEntry,
        models.PROTECT,
        related_name="custom_amounts",
        db_index=False,
        verbose_name="hoạt động",
    )
    indicator = models.ForeignKey(
        CustomIndicator, models.PROTECT, related_name="amounts", verbose_name="chỉ tiêu"
    )
    amount = models.DecimalField("số liệu", max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = "số liệu chỉ tiêu tự đặt"
        verbose_name_plural = "số liệu chỉ tiêu tự đặt"
        default_permissions = ()
        triggers = amount_triggers()
        constraints = [
            models.UniqueConstraint(fields=["entry", "indicator"], name="custom_amount_once"),
            _bounded("custom_amount_bounds", "amount"),
        ]

    def __str__(self):
        return f"{self.entry_id}: {self.indicator_id}"


class CustomTally(models.Model):
    """What one unit counts of one indicator under one programme in one slot; written by triggers only."""

    pk = models.CompositePrimaryKey("unit", "slot", "programme", "indicator")
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", db_index=False)
    slot = models.IntegerField()
    programme = models.ForeignKey(CoordinationProgram, models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(CustomIndicator, models.PROTECT, related_name="+")
    amount = models.DecimalField("số liệu", max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = "số liệu nửa tháng của chỉ tiêu tự đặt"
        verbose_name_plural = "số liệu nửa tháng của chỉ tiêu tự đặt"
        default_permissions = ()

    def __str__(self):
        return f"{self.unit_id}/{self.slot}/{self.programme_id}/{self.indicator_id}"


@tracked("StockReadingEvent", "lịch sử số hiện có", base_model=LogEvent)
class StockReading(models.Model):
    """How much of a stock a unit had at the end of a day. The latest reading as of a day counts."""

    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị"
    )
    indicator = models.ForeignKey(
        CustomIndicator, models.PROTECT, related_name="readings", verbose_name="chỉ tiêu"
    )
    as_of = models.DateField("có đến hết ngày")
    value = models.DecimalField("số hiện có", max_digits=18, decimal_places=3)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="người ghi"
    )
    logged_at = models.DateTimeField("ghi lúc", default=timezone.now, db_default=Now(), editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "số hiện có"
        verbose_name_plural = "số hiện có"
        default_permissions = ()
        triggers = reading_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "as_of"],
                name="stock_reading_once_a_day",
                violation_error_message="Ngày này đã có số hiện có của chỉ tiêu này. Mở số đó ra để sửa.",
            ),
            _bounded("stock_reading_bounds", "value"),
        ]

    def __str__(self):
        return f"{self.unit_id}: {self.indicator_id}, {self.as_of:%d/%m/%Y}"
