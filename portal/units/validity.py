"""Rows that are valid from one day to another, both inclusive; an open end is not known, or not yet come."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q


def in_validity(day: date, prefix: str = "") -> Q:
    """Rows whose valid_from..valid_to (both inclusive, null = open) holds the day."""
    start = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return start & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))


class Dated:
    """A model with valid_from and valid_to."""

    @property
    def is_today(self) -> bool:
        """Not ended: belongs to today's map."""
        return self.valid_to is None

    def existed_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, other) -> bool:
        """Whether both exist on some day."""
        latest_start = max(self.valid_from or date.min, other.valid_from or date.min)
        return latest_start <= min(self.valid_to or date.max, other.valid_to or date.max)


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
    # Read far more than written: no list of pending entries for each search to go through.
    return GinIndex(OpClass(F("search_key"), name="gin_trgm_ops"), name=name, fastupdate=False)
