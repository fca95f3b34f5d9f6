"""Choices whose labels say enough to tell them apart, without a query each."""

from django import forms

from portal.ui.numbers import day


class OwnUnitField(forms.ModelChoiceField):
    """A unit by name; an old one with the day it ended."""

    def label_from_instance(self, unit):
        return unit.full_name if unit.is_today else f"{unit.full_name} (đến {day(unit.valid_to)})"


def programme_label(programme) -> str:
    """ "09/CTr-BCA-MTTW (01/08/2013 – 16/10/2023)"."""
    return f"{programme.short_name[:80]} ({day(programme.starts_on)} – {day(programme.ends_on)})"


class ProgrammeField(forms.ModelChoiceField):
    def label_from_instance(self, programme):
        return programme_label(programme)


class ProgrammesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, programme):
        return programme_label(programme)


class NamedField(forms.ModelMultipleChoiceField):
    """Rows of a catalogue to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return row.name


def lines_of(text: str) -> list[str]:
    """The lines of a box, without empty ones and repetitions."""
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


class LinesField(forms.CharField):
    """One thing a line; kept as lines."""

    widget = forms.Textarea

    def __init__(self, *, most_lines: int = 200, longest: int = 200, **kwargs):
        super().__init__(**kwargs)
        self.most_lines, self.longest = most_lines, longest

    def clean(self, value):
        lines = lines_of(super().clean(value))
        if len(lines) > self.most_lines:
            raise forms.ValidationError(f"Tối đa {self.most_lines} dòng.")
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(f"Mỗi dòng không quá {self.longest} ký tự.")
        return "\n".join(lines)
