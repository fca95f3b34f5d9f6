"""Khu dân cư: the villages, hamlets and quarters of a commune, and their size over time."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.units.columns import NfcField, SearchKeyField, SortKeyField
from portal.units.querysets import ResidentialAreaQuerySet
from portal.units.text import fold
from portal.units.validity import Dated, composed, in_order, no_overlap, trigrams


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


class ResidentialArea(Dated, models.Model):
    """Khu dân cư: thôn, bản, tổ dân phố… of one unit for a time; rearranged ones point at their successor."""

    unit = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        related_name="residential_areas",
        verbose_name="xã, phường, đặc khu",
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

    def clean(self):
        """What the database would refuse with `area_one_per_name_and_day`, said at the form."""
        same = ResidentialArea.objects.filter(unit=self.unit_id, search_key=fold(self.full_name))
        if any(self.overlaps(other) for other in same.exclude(pk=self.pk)):
            raise ValidationError({"name": "Đơn vị đã có khu dân cư cùng tên trong khoảng thời gian này."})

    @property
    def full_name(self) -> str:
        """The kind and the name: "Tổ dân phố 5", "Thôn Liên Sơn"."""
        return f"{self.kind} {self.name}"


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
