"""What one record adds to the tally, by the very SQL of its measures: page and figure cannot differ."""

from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from portal.ui.numbers import day
from programs.activities.indicators import Indicator, indicator
from programs.activities.slots import slot_of, slot_range


@dataclass(frozen=True)
class Counted:
    """One figure that a record adds to: how much, on which day, in which half month."""

    indicator: Indicator
    amount: int
    on: date

    @property
    def half_month(self) -> str:
        """ "từ 01/11/2026 đến 14/11/2026"."""
        start, end = slot_range(slot_of(self.on))
        return f"từ {day(start)} đến {day(end)}"


def counted_in(kind, record) -> list[Counted]:
    """The figures that a live ``record`` adds to, in the order of its kind's measures; none when deleted."""
    if record.deleted_at:
        return []
    values = {f"m{i}": RawSQL(measure.value, (), IntegerField()) for i, measure in enumerate(kind.measures)}
    amounts = kind.model.objects.filter(pk=record.pk).annotate(**values).values_list(*values)
    row = amounts.get()
    found = ((m, amount, getattr(record, m.on)) for m, amount in zip(kind.measures, row, strict=True))
    return [Counted(indicator(m.indicator), amount, on) for m, amount, on in found if amount and on]
