"""A column of a table: what its head says, and how a cell becomes what a form reads."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django import forms

from portal.ui.numbers import day as as_day
from portal.units.text import fold

YES_NO = (("True", "Có"), ("", "Không"))
BETWEEN = ";,\n"
SEPARATED = "Nhiều giá trị thì cách nhau bằng dấu chấm phẩy."


class Unreadable(Exception):
    """The cell cannot be what its column asks for; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Column:
    """`name`: the form's field; `choices`: (value, label) pairs; `many`: several of them in one cell;
    `default`: what the form offers when nothing is typed, as it goes to the form."""

    name: str
    header: str
    required: bool = False
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    is_day: bool = False
    is_number: bool = False
    default: str = ""

    @property
    def title(self) -> str:
        """The head of the column in the template: a star where something must be filled in."""
        return f"{self.header} *" if self.required else self.header

    @cached_property
    def by_key(self) -> dict[str, str]:
        """{folded label: value}"""
        return {choice_key(label): value for value, label in self.choices}

    def typed(self, cell) -> str | list[str]:
        """The cell as if a person had typed or ticked it in the form."""
        if cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()):
            return [] if self.many else self.default
        if self.many:
            return self._several(text_of(cell))
        if self.choices:
            return self._one(text_of(cell))
        if self.is_day and isinstance(cell, int | float):
            raise Unreadable(f"gặp số {text_of(cell)}, không phải ngày. Ghi ngày theo dạng 05/06/2026.")
        return text_of(cell)

    def _one(self, text: str) -> str:
        try:
            return self.by_key[choice_key(text)]
        except KeyError as unknown:
            raise Unreadable(f"“{shortened(text)}” không có trong danh sách. {self.offered}") from unknown

    def _several(self, text: str) -> list[str]:
        """Labels may hold commas themselves: at each place the longest label that fits is taken."""
        rest, found = text.strip(), []
        while rest:
            value, rest = self._next(rest)
            found.append(value)
            rest = rest.lstrip(BETWEEN + " ")
        return list(dict.fromkeys(found))

    def _next(self, text: str) -> tuple[str, str]:
        ends = [at for at, letter in enumerate(text) if letter in BETWEEN] + [len(text)]
        for end in reversed(ends):
            value = self.by_key.get(choice_key(text[:end]))
            if value is not None:
                return value, text[end:]
        raise Unreadable(f"“{shortened(text[: ends[0]])}” không có trong danh sách. {self.offered}")

    @property
    def offered(self) -> str:
        """The values there are, where they are few."""
        labels = [label for _, label in self.choices]
        return f"Chọn: {'; '.join(labels)}." if 0 < len(labels) <= 12 else "Xem trang “Danh mục” của mẫu."


def choice_key(label: str) -> str:
    """What a label is recognised by: marks, case, commas and spaces aside."""
    return " ".join(fold(label).replace(",", " ").replace(".", " ").split())


def header_key(text) -> str:
    """What the head of a column is recognised by."""
    return " ".join(fold(str(text).replace("*", " ")).split())


def text_of(cell) -> str:
    """A cell as an officer would type it: 05/06/2026, 1234, 2,5, Có."""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, datetime | date):
        return as_day(cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, int | float):
        return _number(cell)
    return (
        unicodedata.normalize("NFC", "" if cell is None else str(cell))
        .replace("\xa0", " ")
        .replace("\r", "")
        .strip()
    )


def _number(value) -> str:
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    return f"{int(exact)}" if exact == exact.to_integral_value() else format(exact, "f").replace(".", ",")


def shortened(text: str, at_most: int = 60) -> str:
    return text if len(text) <= at_most else f"{text[: at_most - 1]}…"


def columns_of(form, names: Iterable[str]) -> list[Column]:
    """The columns for these fields of an unbound form."""
    return [column_of(form, name) for name in names]


def column_of(form, name: str) -> Column:
    """One field of an unbound form as a column."""
    field = form.fields[name]
    is_day = isinstance(field, forms.DateField)
    initial = None if is_day else form.get_initial_for_field(field, name)
    default = "" if initial in (None, "", []) or isinstance(initial, list) else str(initial)
    label = str(field.label or name)
    return Column(
        name=name,
        header=label[:1].upper() + label[1:],
        required=field.required and not default,
        hint=str(field.help_text or ""),
        choices=YES_NO if isinstance(field, forms.BooleanField) else _choices(field),
        many=isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField),
        is_day=is_day,
        is_number=isinstance(field, forms.IntegerField | forms.DecimalField),
        default=default,
    )


def _choices(field) -> tuple[tuple[str, str], ...]:
    """(value, label) of a choice field, groups flattened, without the empty one."""
    flat = []
    for value, label in getattr(field, "choices", ()):
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        flat += [(str(v), str(name)) for v, name in pairs if str(v) != ""]
    return tuple(flat)
