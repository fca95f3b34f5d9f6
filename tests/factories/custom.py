"""Custom indicators as an administrator sets them up, and their tally as plain Python adds it up."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from programs.activities import tally
from programs.activities.custom.models import CustomAmount, CustomIndicator, CustomTally
from programs.activities.slots import slot_of


def guns(**fields) -> CustomIndicator:
    """Whole numbers, everywhere."""
    return indicator("Súng tự chế giao nộp", "khẩu", **fields)


def fireworks(**fields) -> CustomIndicator:
    """One decimal."""
    return indicator("Pháo giao nộp", "kg", decimals=1, **fields)


def donations(**fields) -> CustomIndicator:
    return indicator("Tiền ủng hộ", "đồng", **fields)


def cameras(**fields) -> CustomIndicator:
    """A stock."""
    return indicator("Camera an ninh", "chiếc", nature="stock", **fields)


def indicator(name, measure_unit, **fields) -> CustomIndicator:
    return CustomIndicator.objects.create(
        name=name, measure_unit=measure_unit, **{"active_from": date(2025, 1, 1), **fields}
    )


def enter(record, indicator, amount) -> CustomAmount:
    """An amount on a saved activity."""
    return CustomAmount.objects.create(entry_id=record.pk, indicator=indicator, amount=Decimal(str(amount)))


def added_up() -> dict:
    """{(unit, programme, slot, indicator): amount} of live activities, without the portal's own counting."""
    cells = defaultdict(Decimal)
    for line in CustomAmount.objects.select_related("entry"):
        record = line.entry.activity()
        if record.deleted_at is None and not record.awaits_front:
            cells[record.unit_id, record.programme_id, slot_of(record.day), line.indicator_id] += line.amount
    return {cell: amount for cell, amount in cells.items() if amount}


def tallied() -> dict:
    """The same from the custom tally."""
    return {
        (cell.unit_id, cell.programme_id, cell.slot, cell.indicator_id): cell.amount
        for cell in CustomTally.objects.all()
        if cell.amount
    }


def assert_all_counted() -> None:
    assert tallied() == added_up()
    assert tally.verify() == ([], [])
