"""Form fields that read what Vietnamese officers type, and refuse what could mean two things."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from portal.ui.numbers import number
from portal.ui.widgets import DateInput, NumberInput

# Plain digits, or groups of three parted by one kind of separator: 17000, 17.000, 17 000.
_GROUPED = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ \u00a0]\d{3})+|\d+"
_WHOLE = re.compile(rf"[+-]?(?:{_GROUPED})", re.ASCII)
_DECIMAL = re.compile(rf"[+-]?(?:{_GROUPED})(?:,\d+)?", re.ASCII)

NOT_WHOLE = "Nhập số nguyên, ví dụ 17000 hoặc 17.000."
NOT_DECIMAL = "Nhập số, phần thập phân sau dấu phẩy, ví dụ 17,5 hoặc 17.000."
NOT_A_DAY = "Nhập ngày theo dạng ngày/tháng/năm đủ bốn chữ số, ví dụ 05/06/2026."
LONGEST = 40
FIRST_YEAR, LAST_YEAR = 1900, 2100


def _plain(text: str, pattern: re.Pattern, message: str) -> str:
    """The number without grouping, a point before decimals. "1.50" and "1,000.5" are refused, not guessed."""
    text = text.replace("−", "-")
    if len(text) > LONGEST or not pattern.fullmatch(text):
        raise ValidationError(message, code="invalid")
    return re.sub(r"[.\s]", "", text).replace(",", ".")


class _NumberLimits:
    """The limits in Vietnamese, with numbers grouped like everywhere else."""

    def run_validators(self, value):
        if value not in self.empty_values:
            low, high = getattr(self, "min_value", None), getattr(self, "max_value", None)
            if low is not None and value < low:
                text = "Không được nhập số âm." if low == 0 else f"Phải từ {number(low)} trở lên."
                raise ValidationError(text, code="min_value")
            if high is not None and value > high:
                raise ValidationError(f"Không được quá {number(high)}.", code="max_value")
        super().run_validators(value)


class WholeNumberField(_NumberLimits, forms.IntegerField):
    """A whole number typed as text: "17.000" is seventeen thousand; "17,5" and "1.50" are refused."""

    widget = NumberInput

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip() and int(_plain(value.strip(), _WHOLE, NOT_WHOLE))
        return None if value in self.empty_values else value

    def widget_attrs(self, widget):
        return {}


class DecimalNumberField(_NumberLimits, forms.DecimalField):
    """A number with decimals after a comma: "17,5"; "17.000" is seventeen thousand."""

    widget = NumberInput

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip() and Decimal(_plain(value.strip(), _DECIMAL, NOT_DECIMAL))
        return None if value in self.empty_values else value

    def widget_attrs(self, widget):
        return {"inputmode": "decimal"}


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy (also dd-mm-yyyy, dd.mm.yyyy, yyyy-mm-dd) between 1900 and 2100."""

    widget = DateInput
    default_error_messages = {"invalid": NOT_A_DAY}

    def to_python(self, value):
        day = super().to_python(value)
        if isinstance(day, date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.", code="invalid")
        return day


def vietnamese(field: forms.Field) -> forms.Field:
    """`field`, or the Vietnamese field of its kind with the same label, limits and validators."""
    for plain, ours in ((forms.IntegerField, WholeNumberField), (forms.DecimalField, DecimalNumberField)):
        if type(field) is plain:
            return _as(ours, field)
    if type(field) is forms.DateField:
        return _as(DayField, field)
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = "Chọn…" if field.required else "Không chọn"
    elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        blank = "Chọn…" if field.required else "Không chọn"
        field.choices = [("", blank) if c == ("", "---------") else c for c in field.choices]
    return field


def _as(kind: type[forms.Field], field: forms.Field) -> forms.Field:
    new = kind.__new__(kind)
    new.__dict__.update(field.__dict__)
    if not isinstance(field.widget, forms.HiddenInput):
        new.widget = kind.widget(
            attrs={k: v for k, v in field.widget.attrs.items() if k not in ("min", "max", "step")}
        )
        new.widget.attrs.update(new.widget_attrs(new.widget))
        new.widget.is_required = field.required
    new.localize = new.widget.is_localized = True
    new.error_messages = {**field.error_messages, **getattr(kind, "default_error_messages", {})}
    return new
