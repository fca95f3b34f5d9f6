"""Writing readings of stocks: keyword-only, atomic, with `by=`.

What the tables refuse comes as IntegrityError.
"""

from datetime import date
from decimal import Decimal

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.access.permissions import Permission
from portal.access.scoping import sides_of
from portal.accounts.choices import Side
from programs.activities.custom.figures import settled
from programs.activities.custom.models import CustomIndicator, StockReading
from programs.activities.errors import LogError

OVERTAKEN = "Số này vừa được người khác sửa thành {}. Xem lại rồi lưu lần nữa nếu vẫn cần sửa."


@transaction.atomic
def record_reading(
    *, unit, indicator: CustomIndicator, as_of: date, value: Decimal | int, by
) -> tuple[StockReading, bool]:
    """How much a unit had at the end of a day: (reading, created). The same again is the one there is."""
    _refuse_strangers(by, unit)
    known = StockReading.objects.filter(unit=unit, indicator=indicator, as_of=as_of, value=value).first()
    if known:
        return known, False
    with pghistory.context(user=by.pk), transaction.atomic():
        reading = StockReading.objects.create(
            unit=unit, indicator=indicator, as_of=as_of, value=value, logged_by=by
        )
    return reading, True


@transaction.atomic
def correct_reading(
    *, reading: StockReading, as_of: date, value: Decimal | int, seen: str, by
) -> StockReading:
    """Set another day or value. `seen`: the value as the page showed it; LogError when it has moved on."""
    current = StockReading.objects.select_for_update(of=["self"]).with_names().get(pk=reading.pk)
    _refuse_strangers(by, current.unit)
    if seen != str(settled(current.value)):
        raise LogError(OVERTAKEN.format(settled(current.value)))
    current.as_of, current.value = as_of, value
    with pghistory.context(user=by.pk), transaction.atomic():
        current.save(update_fields=["as_of", "value"])
    return current


def may_read_stocks(user, unit) -> bool:
    """Whether `user` enters stocks of the unit: the two signing sides do, member organisations do not."""
    return bool(sides_of(user, Permission.LOG_WRITE, unit) - {Side.MEMBER})


def _refuse_strangers(by, unit) -> None:
    if not may_read_stocks(by, unit):
        raise PermissionDenied("Chỉ Công an và Mặt trận của đơn vị nhập số hiện có.")
