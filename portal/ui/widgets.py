"""Text inputs: the browser's own number and date boxes speak the browser's language, not ours."""

from django import forms


class DateInput(forms.DateInput):
    """dd/mm/yyyy as text, with digits on a phone's keyboard."""

    def __init__(self, attrs=None, format=None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "size": 12} | (attrs or {}), format)


class NumberInput(forms.TextInput):
    """A number as text, shown grouped (17.000); what was typed comes back exactly as typed."""

    is_localized = True

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "size": 14} | (attrs or {}))
