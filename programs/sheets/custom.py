"""Custom indicators as columns of a table: in use for the unit, judged by their field, written in bulk."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.ui.numbers import day as as_day
from programs.activities.custom.models import CustomAmount, CustomIndicator
from programs.activities.custom.parts import amount_field, custom_columns
from programs.activities.slots import FIRST_DAY
from programs.sheets.columns import Column, text_of
from programs.sheets.findings import Finding, Layout


class CustomCells:
    """The flows that `unit` may enter or could enter once."""

    def __init__(self, unit):
        offered = custom_columns(unit, FIRST_DAY, timezone.localdate())
        known = {one.slug: one for one in CustomIndicator.objects.flows().of_unit(unit)}
        self.indicators = {one.field: known[one.slug] for one in offered}
        self.fields = {name: amount_field(one) for name, one in self.indicators.items()}

    def columns(self) -> list[Column]:
        """One column a flow, named like its field in the entry form."""
        return [
            Column(
                name, field.label, hint=str(field.help_text or _in_use(self.indicators[name])), is_number=True
            )
            for name, field in self.fields.items()
        ]

    def read(
        self, number: int, values: list, layout: Layout, day: date | None
    ) -> tuple[dict[int, Decimal], list[Finding]]:
        """{indicator id: amount} of a row, with what is wrong; an empty cell is not known, which is not 0."""
        amounts, findings = {}, []
        for place, column in layout.places.items():
            if column.name not in self.fields or place >= len(values):
                continue
            indicator = self.indicators[column.name]
            try:
                amount = self.fields[column.name].clean(text_of(values[place]))
            except ValidationError as error:
                findings += [Finding(number, place, f"{column.header}: {text}") for text in error.messages]
                continue
            if amount is None:
                continue
            amounts[indicator.pk] = amount
            if day and not _covers(indicator, day):
                findings.append(Finding(number, place, f"{column.header}: {_in_use(indicator)}"))
        return amounts, findings


def write(placed) -> None:
    """The amounts of freshly written records: pairs of (record id, {indicator id: amount})."""
    CustomAmount.objects.bulk_create(
        CustomAmount(entry_id=pk, indicator_id=indicator, amount=amount)
        for pk, amounts in placed
        for indicator, amount in amounts.items()
    )


def _covers(indicator, day: date) -> bool:
    return indicator.active_from <= day and (indicator.active_to is None or day <= indicator.active_to)


def _in_use(indicator) -> str:
    until = f" đến {as_day(indicator.active_to)}" if indicator.active_to else ""
    return f"chỉ dùng cho hoạt động từ {as_day(indicator.active_from)}{until}."
