"""What one record adds to the tally, by the very SQL of its measures: page and figure cannot differ."""

from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from portal.ui.numbers import day, number
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


def counted_in(kind, record, *, confirmed: bool = False) -> list[Counted]:
    """The figures that a live ``record`` adds to, by day, then in the order of its kind's measures.

    `confirmed`: as if the Front had confirmed what a member organisation logged.
    """
    if record.deleted_at:
        return []
    amounts = _amounts(kind, [record.pk], confirmed=confirmed)[record.pk]
    found = ((m, amount, getattr(record, m.on)) for m, amount in zip(kind.measures, amounts, strict=True))
    counted = [Counted(indicator(m.indicator), amount, on) for m, amount, on in found if amount and on]
    return sorted(counted, key=lambda one: one.on)


def in_short(kind, pks) -> dict[int, str]:
    """ "4 buổi, 1.012 lượt người" by record id: one amount for each unit of measure. One query."""
    return {pk: _in_short(kind, amounts) for pk, amounts in _amounts(kind, pks).items()}


def _in_short(kind, amounts) -> str:
    first: dict[str, int] = {}
    for measure, amount in zip(kind.measures, amounts, strict=True):
        if amount:
            first.setdefault(indicator(measure.indicator).measure_unit, amount)
    return ", ".join(f"{number(amount)} {unit}" for unit, amount in first.items())


def _amounts(kind, pks, *, confirmed: bool = False) -> dict[int, tuple]:
    """What the records add by each measure, by id; null where it adds nothing."""
    sql = [measure.confirmed_value if confirmed else measure.value for measure in kind.measures]
    values = {f"m{i}": RawSQL(value, (), IntegerField()) for i, value in enumerate(sql)}
    rows = kind.model.objects.filter(pk__in=pks).annotate(**values).values_list("pk", *values)
    return {pk: amounts for pk, *amounts in rows}
