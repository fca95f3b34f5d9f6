"""Column types of the log."""

from django.db import models

from portal.units.text import nfc


class SequenceIdField(models.BigAutoField):
    """A key drawn from a named sequence that several tables share; the database gives it, whoever inserts."""

    def __init__(self, *args, sequence: str, **kwargs):
        self.sequence = sequence
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sequence": self.sequence}

    def db_type_suffix(self, connection):
        return f"DEFAULT nextval('{self.sequence}')"


class NfcTextField(models.TextField):
    """Long text that reaches the database composed (NFC)."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value).strip() if isinstance(value, str) else value
