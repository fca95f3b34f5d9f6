"""Administrative units and residential areas, dated: names, parents and succession over time."""

from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from portal.units.columns import NfcField, SearchKeyField, SortKeyField
from portal.units.querysets import AdminUnitQuerySet, ResidentialAreaQuerySet


class Level(models.TextChoices):
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Cấp xã"


class AreaKind(models.TextChoices):
    """What a residential area is called: each place has its own word."""

    THON = "Thôn"
    BAN = "Bản"
    LANG = "Làng"
    XOM = "Xóm"
    KHOI = "Khối"
    BUON = "Buôn"
    AP = "Ấp"
    PHUM = "Phum"
    SOC = "Sóc"
    BON = "Bon"
    PLEI = "Plei"
    KHOM = "Khóm"
    KHU_PHO = "Khu phố"
    KHU = "Khu"
    TIEU_KHU = "Tiểu khu"
    TO_DAN_PHO = "Tổ dân phố"
    KHU_DAN_CU = "Khu dân cư"


def no_overlap(name: str, *same: str) -> ExclusionConstraint:
    """No two rows that agree on `same` are valid on one day."""
    validity = Func(F("valid_from"), F("valid_to"), models.Value("[]"), function="daterange")
    equal = [(field, RangeOperators.EQUAL) for field in same]
    return ExclusionConstraint(
        name=name,
        expressions=[*equal, (validity, RangeOperators.OVERLAPS)],
        violation_error_message="Đã có dòng khác cùng mã hoặc cùng tên trong khoảng thời gian này.",
    )


class IsNfc(Func):
    """Whether a text is composed (NFC), as the database sees it."""

    template = "(%(expressions)s IS NFC NORMALIZED)"
    output_field = models.BooleanField()


def composed(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=IsNfc("name"),
        violation_error_message="Tên phải ở dạng Unicode dựng sẵn (NFC).",
    )


def in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="Ngày hết hiệu lực không được trước ngày có hiệu lực.",
    )


def trigrams(name: str) -> GinIndex:
    return GinIndex(OpClass(F("search_key"), name="gin_trgm_ops"), name=name)


class AdminUnit(models.Model):
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

    @property
    def full_name(self) -> str:
        """ "Phường Thái Hòa": the kind and the name, the last ones it had."""
        return f"{self.kind} {self.name}"

    @property
    def label(self) -> str:
        """ "Phường Thái Hòa, tỉnh Nghệ An"; an old unit with its district and the last day it existed."""
        own = ", ".join([self.full_name, *(in_sentence(unit.full_name) for unit in self.ancestors())])
        return own if self.is_today else f"{own} (đến {self.valid_to:%d/%m/%Y})"

    @property
    def is_today(self) -> bool:
        return self.valid_to is None

    def ancestors(self) -> list["AdminUnit"]:
        """The units above, nearest first: at most a district and a province."""
        above, unit = [], self.parent
        while unit:
            above.append(unit)
            unit = unit.parent
        return above

    def existed_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def name_on(self, day: date) -> str:
        """The full name it bore on a day ("Tỉnh Thừa Thiên Huế"), else the last one known."""
        borne = next((name for name in self.names.all() if name.borne_on(day)), None)
        return (borne or self).full_name


def in_sentence(full_name: str) -> str:
    """ "Tỉnh Nghệ An" inside a sentence: "tỉnh Nghệ An"."""
    return full_name[:1].lower() + full_name[1:]


class UnitName(models.Model):
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

    def borne_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


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


class ResidentialArea(models.Model):
    """Khu dân cư: thôn, bản, tổ dân phố… of one unit for a time; rearranged ones point at their successor."""

    unit = models.ForeignKey(
        AdminUnit, models.PROTECT, related_name="residential_areas", verbose_name="xã, phường, đặc khu"
    )
    kind = NfcField("loại", max_length=20, choices=AreaKind)
    name = NfcField("tên", max_length=100)
    valid_from = models.DateField("có từ ngày", null=True, blank=True, help_text="Trống: không rõ.")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True, help_text="Trống: hiện còn.")
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="sáp nhập vào",
    )
    search_key = SearchKeyField("khóa tìm kiếm", of="full_name")
    sort_key = SortKeyField("khóa sắp xếp", of="full_name")

    objects = ResidentialAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "khu dân cư"
        verbose_name_plural = "khu dân cư"
        ordering = ["unit", "sort_key", "pk"]
        indexes = [trigrams("area_search_key")]
        constraints = [
            no_overlap("area_one_per_name_and_day", "unit", "search_key"),
            in_order("area_validity_in_order"),
            composed("area_composed"),
            models.CheckConstraint(
                name="area_successor_after_its_end",
                condition=Q(successor__isnull=True) | (Q(valid_to__isnull=False) & ~Q(successor=F("id"))),
                violation_error_message="Khu dân cư sáp nhập phải có ngày kết thúc, không nhập vào chính nó.",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """ "Tổ dân phố 5", "Thôn Liên Sơn"."""
        return f"{self.kind} {self.name}"

    @property
    def is_today(self) -> bool:
        return self.valid_to is None

    def existed_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class ResidentialAreaSize(models.Model):
    """Households and people of an area as of a day; empty is not known, which is not zero."""

    area = models.ForeignKey(ResidentialArea, models.CASCADE, related_name="sizes", verbose_name="khu dân cư")
    as_of = models.DateField("tính đến ngày")
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    people = models.PositiveIntegerField("số nhân khẩu", null=True, blank=True)

    class Meta:
        verbose_name = "quy mô khu dân cư"
        verbose_name_plural = "quy mô khu dân cư"
        ordering = ["area", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "as_of"],
                name="area_size_once_a_day",
                violation_error_message="Đã có số liệu của ngày này.",
            ),
            models.CheckConstraint(
                name="area_size_says_something",
                condition=Q(households__isnull=False) | Q(people__isnull=False),
                violation_error_message="Nhập số hộ hoặc số nhân khẩu.",
            ),
        ]

    def __str__(self):
        return f"{self.area} ({self.as_of:%d/%m/%Y})"
