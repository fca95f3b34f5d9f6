"""What "Số nguồn tin" said of a quarter, kept as it was said: see docs/adr/0023."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.activities.firm import FirmTrigger, append_only, refused
from programs.tips.states import Category

# A count below this is neither shown nor kept.
K = 5


class PublishedQuarter(models.Model):
    """The counts of this quarter are out; they never change, and none is added."""

    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("quý")
    published_on = models.DateField("ngày công bố", default=timezone.localdate)

    class Meta:
        verbose_name = "quý đã công bố số nguồn tin"
        verbose_name_plural = "quý đã công bố số nguồn tin"
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="published_quarter_once"),
            models.CheckConstraint(name="published_quarter_1_to_4", condition=Q(number__range=(1, 4))),
        ]

    def __str__(self):
        return f"Quý {self.number}/{self.year}"


class PublishedCount(models.Model):
    """Tips of a unit and category in a quarter. What is too small to be shown is not kept."""

    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("quý")
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị"
    )
    category = models.CharField("loại", max_length=18, choices=Category)
    tips = models.PositiveIntegerField("số nguồn tin")

    class Meta:
        verbose_name = "số nguồn tin đã công bố"
        verbose_name_plural = "số nguồn tin đã công bố"
        triggers = [
            *append_only(),
            FirmTrigger(
                name="not_after_publication",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (SELECT FROM tips_publishedquarter q
                               WHERE q.year = NEW.year AND q.number = NEW.number) THEN
                        {refused("published_count_late", "The counts of this quarter are out")}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number", "unit", "category"], name="published_count_once"
            ),
            models.CheckConstraint(name="published_count_not_small", condition=Q(tips__gte=K)),
            models.CheckConstraint(name="published_count_known", condition=Q(category__in=Category.values)),
        ]

    def __str__(self):
        return f"Quý {self.number}/{self.year}: {self.get_category_display()}"
