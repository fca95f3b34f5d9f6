"""Terms that the portal's administrators set, and what is left of a tip after its term."""

from datetime import date

from django.db import models
from django.db.models import Q

from programs.activities.models import ActivityEntry
from programs.tips.states import Category, Channel, Outcome

FIRST_DAY = date(2025, 7, 1)


class Clock(models.Model):
    """Days within which a tip of a category is answered and finished. Days of the calendar.

    For tips that come from `starts_on` on, until the next one of the category starts; a change leaves the
    deadlines of tips that are here already as they were told to their senders.
    """

    category = models.CharField("loại", max_length=18, choices=Category)
    starts_on = models.DateField("áp dụng từ ngày", default=FIRST_DAY)
    answer_days = models.PositiveSmallIntegerField("hạn bắt đầu xử lý (ngày)")
    finish_days = models.PositiveSmallIntegerField("hạn giải quyết (ngày)")

    class Meta:
        verbose_name = "thời hạn xử lý nguồn tin"
        verbose_name_plural = "thời hạn xử lý nguồn tin"
        ordering = ["category", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "starts_on"],
                name="clock_once_a_day",
                violation_error_message="Loại này đã có thời hạn áp dụng từ ngày đó.",
            ),
            models.CheckConstraint(
                name="clock_in_order",
                condition=Q(
                    answer_days__gte=1, finish_days__gte=models.F("answer_days"), finish_days__lte=365
                ),
                violation_error_message="Hạn giải quyết không được ngắn hơn hạn bắt đầu xử lý.",
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()}, từ {self.starts_on:%d/%m/%Y}"


class Retention(models.Model):
    """Months that a tip is kept after it ended so."""

    outcome = models.CharField("kết quả", max_length=15, choices=Outcome, unique=True)
    months = models.PositiveSmallIntegerField("lưu giữ (tháng)")

    class Meta:
        verbose_name = "thời hạn lưu nguồn tin"
        verbose_name_plural = "thời hạn lưu nguồn tin"
        constraints = [
            models.CheckConstraint(
                name="retention_bounds",
                condition=Q(months__gte=1, months__lte=240),
                violation_error_message="Thời hạn lưu từ 1 đến 240 tháng.",
            )
        ]

    def __str__(self):
        return self.get_outcome_display()


class Tombstone(models.Model):
    """All that is left of a purged tip: what it counts for. `tip` is its key, so that none counts twice."""

    tip = models.BigIntegerField(unique=True)
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="nơi xảy ra")
    category = models.CharField("loại", max_length=18, choices=Category)
    channel = models.CharField("nguồn", max_length=9, choices=Channel)
    received_on = models.DateField("ngày nhận")
    closed_on = models.DateField("ngày kết thúc", null=True)
    outcome = models.CharField("kết quả", max_length=15, choices=Outcome, blank=True, default="")
    session = models.ForeignKey(
        ActivityEntry,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="thu được từ buổi tuyên truyền",
    )
    # Of those deleted before `session` was kept: counted there for good.
    counted_by_session = models.BooleanField("đã tính ở buổi tuyên truyền", default=False)
    merged = models.BooleanField("đã gộp", default=False)
    purged_on = models.DateField("ngày xóa")

    class Meta:
        verbose_name = "nguồn tin đã xóa"
        verbose_name_plural = "nguồn tin đã xóa"
        indexes = [models.Index(fields=["unit", "received_on"], name="tombstone_unit_received")]

    def __str__(self):
        return f"Nguồn tin số {self.tip} (đã xóa)"
