"""Choices whose labels say enough to tell them apart, without a query each."""

from django import forms

from portal.ui.numbers import day


class CommuneField(forms.ModelChoiceField):
    """Communes by name; an old one with the day it ended."""

    def label_from_instance(self, unit):
        return unit.full_name if unit.is_today else f"{unit.full_name} (đến {day(unit.valid_to)})"


class AreasField(forms.ModelMultipleChoiceField):
    """Residential areas to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, area):
        return area.full_name


class SourceField(forms.ModelChoiceField):
    """Models that others may copy, with their commune."""

    def label_from_instance(self, model):
        return f"{model.name} · {model.unit.full_name}"
