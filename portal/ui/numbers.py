"""Numbers, changes and days in Vietnamese: 1.234.567 · 17,5 · tăng 224 vụ (+6,72%) · 05/06/2026."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

NOTHING = "–"
MINUS = "−"


def number(value) -> str:
    """`value` with grouped thousands and a decimal comma; an en dash for None (unknown is not zero)."""
    if value is None or value == "":
        return NOTHING
    value = exact(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            return NOTHING
        value = format(value, "f")
        value = value.rstrip("0").rstrip(".") if "." in value else value
        value = Decimal(value)
    text = f"{value:,}".translate(str.maketrans(",.", ".,"))
    return text.replace("-", MINUS)


def exact(value):
    """A float as the decimal that it prints as, so that sums and differences are those of the digits."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def signed(value) -> str:
    """A difference with its sign: +9, −3, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


def percent_change(current, base) -> str:
    """The change against `base` in per cent, two decimals at most: "+6,72%". An en dash without a base."""
    if not base or current is None:
        return NOTHING
    current, base = Decimal(exact(current)), Decimal(exact(base))
    share = (current - base) * 100 / abs(base)
    return signed(share.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()) + "%"


def signed_change(current, base) -> str:
    """For a table cell: "+9 (+300%)"; "+12 (–)" where the base is zero; "–" with nothing to compare."""
    if current is None or base is None:
        return NOTHING
    if not base and not current:
        return "0"
    current, base = exact(current), exact(base)
    return f"{signed(current - base)} ({percent_change(current, base)})"


def change(current, base, unit: str = "") -> str:
    """In words, for running text: "tăng 224 vụ (+6,72%)", "giảm 3 vụ (−21,43%)", "không tăng, không giảm"."""
    if current is None or base is None:
        return NOTHING
    difference = exact(current) - exact(base)
    if not difference:
        return "không tăng, không giảm"
    verb = "tăng" if difference > 0 else "giảm"
    words = " ".join(filter(None, [verb, number(abs(difference)), unit]))
    return f"{words} ({percent_change(current, base)})" if base else words


def percent_of(part, whole) -> str:
    """A share, one decimal at most: "88%", "87,9%". An en dash where the whole is zero or unknown."""
    if part is None or not whole:
        return NOTHING
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return number(share) + "%"


def share_of(part: int, whole: int) -> str:
    """A share with what it is made of, two decimals at most: "66,67% (2/3)". A whole of 0 has none."""
    if not whole:
        return NOTHING
    return f"{number(round(part * 100 / whole, 2))}% ({number(part)}/{number(whole)})"


def day(value) -> str:
    """dd/mm/yyyy, in Vietnamese local time if a moment is given; an en dash for None."""
    if not value:
        return NOTHING
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def moment(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM in Vietnamese local time; an en dash for None."""
    if not value:
        return NOTHING
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{day(value)} {value.hour:02}:{value.minute:02}"
