"""Administrative units, dated: names, parents and succession over time."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.units.areas import AreaKind, ResidentialArea, ResidentialAreaSize
from portal.units.columns import NfcField, SearchKeyField, SortKeyField
from portal.units.querysets import AdminUnitQuerySet
from portal.units.validity import Dated, composed, in_order, no_overlap, trigrams

__all__ = [
    "AdminUnit",
    "AreaKind",
    "Level",
    "ResidentialArea",
    "ResidentialAreaSize",
    "UnitName",
    "UnitSuccession",
]


class Level(models.TextChoices):
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Cấp xã"


class AdminUnit(Dated, models.Model):
    """One unit of one map: a code alone is not a key, old codes were given to new units on 1/7/2025."""

    code = models.CharField("mã", max_length=5)
    level = models.CharField("cấp", max_length=8, choices=Level)
    kind = NfcField("loại", max_length=20)
    name = NfcField("tên", max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc"
    )
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True, help_text="Trống: không rõ.")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True, help_text="Trống: đang có hiệu lực.")
    today_unit = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị hiện nay"
    )
    today_province = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tỉnh hiện nay"
    )
    is_divided = models.BooleanField("chia về nhiều đơn vị", default=False, editable=False)
    latitude = models.DecimalField("vĩ độ", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=9, decimal_places=6, null=True, blank=True)
    area_km2 = models.DecimalField("diện tích (km²)", max_digits=10, decimal_places=4, null=True, blank=True)
    search_key = SearchKeyField("khóa tìm kiếm", of="full_name")
    sort_key = SortKeyField("khóa sắp xếp", of="name")

    objects = AdminUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ["sort_key", "code", "pk"]
        indexes = [
            trigrams("unit_search_key"),
            models.Index(fields=["today_province", "level"], name="unit_place"),
        ]
        constraints = [
            no_overlap("unit_one_per_code_and_day", "code", "level"),
            in_order("unit_validity_in_order"),
            composed("unit_composed"),
            models.CheckConstraint(name="unit_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="unit_no_district_today", condition=~Q(level=Level.DISTRICT) | Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="unit_of_today_is_itself",
                condition=Q(valid_to__isnull=False) | Q(today_unit__isnull=False, today_unit=F("id")),
            ),
            models.CheckConstraint(
                name="unit_province_has_no_parent",
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="today_unit_is_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__valid_to__isnull=True),
                func="""
                    NEW.today_unit_id := NEW.id;
                    NEW.today_province_id := COALESCE(NEW.parent_id, NEW.id);
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.is_today:  # what the trigger has written
            self.today_unit_id, self.today_province_id = self.pk, self.parent_id or self.pk

    def get_absolute_url(self) -> str:
        """By what stays when the units are loaded anew: level, code and the last day of an old one."""
        url = reverse("units:detail", args=[self.level, self.code])
        return url if self.is_today else f"{url}?den={self.valid_to.isoformat()}"

    @property
    def full_name(self) -> str:
        """The kind and the name, the last ones it had: "Phường Thái Hòa"."""
        return f"{self.kind} {self.name}"

    @property
    def full_name_in_sentence(self) -> str:
        """The same after other words: "phường Thái Hòa"."""
        return in_sentence(self.full_name)

    @property
    def label(self) -> str:
        """With its province, "Phường Thái Hòa, tỉnh Nghệ An"; an old unit also with the day it ended."""
        own = ", ".join([self.full_name, *(unit.full_name_in_sentence for unit in self.ancestors())])
        return own if self.is_today else f"{own} (đến {self.valid_to:%d/%m/%Y})"

    def ancestors(self) -> list["AdminUnit"]:
        """The units above, nearest first: at most a district and a province."""
        above, unit = [], self.parent
        while unit:
            above.append(unit)
            unit = unit.parent
        return above

    def label_on(self, day: date) -> str:
        """As a document of that day would put it: "Thị trấn A Lưới, huyện A Lưới, tỉnh Thừa Thiên Huế".

        Units above that did not exist yet are left out: what stood there then is not known.
        """
        names, own = [], self._name_row_on(day)
        above = own.parent if own else self.parent
        while above:
            row = above._name_row_on(day)
            if above.existed_on(day):
                names.append(in_sentence((row or above).full_name))
            above = row.parent if row else above.parent
        return ", ".join([(own or self).full_name, *names])

    def name_on(self, day: date) -> str:
        """The full name it bore on a day ("Tỉnh Thừa Thiên Huế"), else the last one known."""
        return (self._name_row_on(day) or self).full_name

    def _name_row_on(self, day: date) -> "UnitName | None":
        return next((name for name in self.names.all() if name.existed_on(day)), None)


def in_sentence(full_name: str) -> str:
    """A name inside a sentence: "Tỉnh Nghệ An" becomes "tỉnh Nghệ An"."""
    return full_name[:1].lower() + full_name[1:]


class UnitName(Dated, models.Model):
    """A name, kind and parent that a unit bore for a time. Every unit has at least one."""

    unit = models.ForeignKey(AdminUnit, models.CASCADE, related_name="names", verbose_name="đơn vị")
    kind = NfcField("loại", max_length=20)
    name = NfcField("tên", max_length=100)
    parent = models.ForeignKey(
        AdminUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trực thuộc"
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    source = models.CharField("căn cứ", max_length=200, blank=True, default="")
    search_key = SearchKeyField("khóa tìm kiếm", of="full_name")
    name_key = SearchKeyField("khóa tên", of="name")

    class Meta:
        verbose_name = "tên gọi qua các thời kỳ"
        verbose_name_plural = "tên gọi qua các thời kỳ"
        ordering = ["unit", F("valid_to").desc(nulls_first=True)]
        indexes = [trigrams("unit_name_search_key")]
        constraints = [
            no_overlap("unit_name_one_per_day", "unit"),
            in_order("unit_name_validity_in_order"),
            composed("unit_name_composed"),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


class UnitSuccession(models.Model):
    """An old unit became (part of) a new one on a day."""

    old = models.ForeignKey(AdminUnit, models.PROTECT, related_name="successions", verbose_name="đơn vị cũ")
    new = models.ForeignKey(
        AdminUnit, models.PROTECT, related_name="predecessions", verbose_name="đơn vị mới"
    )
    is_partial = models.BooleanField("chỉ một phần", default=False)
    is_default = models.BooleanField("đơn vị kế thừa chính", default=True)
    effective_on = models.DateField("ngày hiệu lực")

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        ordering = ["old", "-is_default", "new"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_default=True), name="succession_one_default"
            ),
            models.CheckConstraint(name="succession_of_another", condition=~Q(old=F("new"))),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"
