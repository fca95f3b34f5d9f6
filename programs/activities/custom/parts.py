"""Custom flows on the pages of the log: a part of every entry form, a section of a record."""

from dataclasses import dataclass
from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.ui.fields import DecimalNumberField, WholeNumberField
from portal.ui.numbers import day as as_day
from portal.ui.numbers import number
from programs.activities.custom.figures import settled
from programs.activities.custom.models import MOST, CustomAmount, CustomIndicator
from programs.activities.extensions import register_detail_part, register_form_part
from programs.activities.form_part import FormPart

PREFIX = "chi-tieu"


@dataclass(frozen=True)
class CustomColumn:
    """One custom flow as a column of a workbook. `field` is the name of its value in a posted entry form."""

    slug: str
    heading: str
    decimals: int

    @property
    def field(self) -> str:
        return f"{PREFIX}-{self.slug}"


def custom_columns(unit, start=None, end=None) -> list[CustomColumn]:
    """The flows that a unit may enter for activities of start..end (today alone unless said otherwise)."""
    today = timezone.localdate()
    found = CustomIndicator.objects.flows().of_unit(unit).active_between(start or today, end or today)
    return [CustomColumn(one.slug, str(one), one.decimals) for one in found.in_order()]


class CustomPart(FormPart):
    """A number for each flow in use at the unit on the day; what was entered before stays open to change."""

    slug = PREFIX
    title = "Chỉ tiêu khác"

    def __init__(self, *args, entering, **kwargs):
        self.indicators = _indicators(entering)
        super().__init__(*args, entering=entering, **kwargs)
        self.entered = _amounts_of(entering.record)
        for indicator in self.indicators:
            self.fields[indicator.slug] = field = amount_field(indicator)
            field.initial = self.entered.get(indicator.pk)
            self.initial[indicator.slug] = field.initial

    @classmethod
    def offered(cls, entering) -> bool:
        return bool(_indicators(entering))

    @property
    def is_open(self) -> bool:
        filled = self.is_bound and any(self.data.get(self.add_prefix(name)) for name in self.fields)
        return bool(self.errors or filled or self.entered)

    def clean(self):
        """The day as it was typed decides: the fields of another day are offered only to be said so."""
        _unit, day = _place(self.entering)
        for indicator in self.indicators:
            typed = self.cleaned_data.get(indicator.slug)
            if typed is not None and indicator.pk not in self.entered and not _in_use(indicator, day):
                self.add_error(indicator.slug, ValidationError(_only_in_use(indicator)))
        return self.cleaned_data

    def content(self) -> dict:
        typed = {slug: self.cleaned_data.get(slug) for slug in self.fields}
        return {slug: str(amount) for slug, amount in typed.items() if amount is not None}

    def save(self, record, by) -> None:
        """Write what was sent; a field that the page did not show is left alone."""
        with pghistory.context(user=by.pk):
            for indicator in self.indicators:
                if self.add_prefix(indicator.slug) in self.data:
                    enter(record, indicator, self.cleaned_data.get(indicator.slug))


def enter(record, indicator: CustomIndicator, amount: Decimal | int | None) -> None:
    """Set what an activity counts of a flow; None takes it away: not known is not zero."""
    mine = CustomAmount.objects.filter(entry_id=record.pk, indicator=indicator)
    if amount is None:
        mine.delete()
        return
    line = mine.first() or CustomAmount(entry_id=record.pk, indicator=indicator)
    if line.pk is None or line.amount != amount:
        line.amount = amount
        line.save()


def amount_field(indicator: CustomIndicator, *, required: bool = False):
    """A form field for an amount of an indicator, as Vietnamese officers type it."""
    common = {
        "label": f"{indicator.name} ({indicator.measure_unit})",
        "required": required,
        "min_value": 0,
        "max_value": MOST,
    }
    if not indicator.decimals:
        return WholeNumberField(**common | {"max_value": int(MOST)})
    field = DecimalNumberField(
        **common,
        max_digits=18,
        decimal_places=indicator.decimals,
        help_text=f"Tối đa {indicator.decimals} chữ số sau dấu phẩy, ví dụ 2,5.",
    )
    field.error_messages["max_decimal_places"] = f"Chỉ nhận tối đa {indicator.decimals} chữ số sau dấu phẩy."
    return field


def figures_of_record(entry, record, user) -> dict | None:
    """Context of the section on a record's page; no section where nothing was entered."""
    lines = CustomAmount.objects.filter(entry_id=entry.pk).select_related("indicator")
    ordered = lines.order_by("indicator__group", "indicator__place", "indicator__name", "pk")
    shown = [(line.indicator, number(settled(line.amount))) for line in ordered]
    return {"amounts": shown} if shown else None


def register() -> None:
    """Hang the part and the section into the pages of the log."""
    register_form_part(CustomPart)
    register_detail_part("activities/_custom_amounts.html", figures_of_record)


def _indicators(entering) -> list[CustomIndicator]:
    """In use at the unit on the day as typed so far; with those that were entered or typed, in use or not."""
    unit, day = _place(entering)
    if unit is None:
        return []
    flows = CustomIndicator.objects.flows().in_order()
    kept, data = _amounts_of(entering.record), entering.form.data
    return [
        one
        for one in flows.of_unit(unit) | flows.filter(pk__in=kept)
        if _in_use(one, day) or one.pk in kept or data.get(f"{PREFIX}-{one.slug}", "").strip()
    ]


def _place(entering):
    return entering.form.place_so_far


def _in_use(indicator, day) -> bool:
    return indicator.active_from <= day and (indicator.active_to is None or day <= indicator.active_to)


def _only_in_use(indicator) -> str:
    until = f" đến {as_day(indicator.active_to)}" if indicator.active_to else ""
    return f"Chỉ tiêu này chỉ dùng cho hoạt động từ {as_day(indicator.active_from)}{until}. Để trống ô này."


def _amounts_of(record) -> dict[int, int | Decimal]:
    if record is None:
        return {}
    lines = CustomAmount.objects.filter(entry_id=record.pk).values_list("indicator", "amount")
    return {pk: settled(amount) for pk, amount in lines}
