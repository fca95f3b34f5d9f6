"""Columns that keep Vietnamese text as it must be, also under bulk_create."""

from django.db import models

from portal.units.text import fold, nfc, vietnamese_sort_key


class NfcField(models.CharField):
    """Text that reaches the database composed (NFC) and without spaces around it."""

    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value).strip() if isinstance(value, str) else value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))


class DerivedField(models.TextField):
    """Filled from another attribute of the row each time it is saved; nobody types it."""

    def __init__(self, *args, of="full_name", **kwargs):
        self.of = of
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True, "default": ""})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for given in ("editable", "blank", "default"):
            kwargs.pop(given, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance, add):
        value = self.derive(str(getattr(instance, self.of) or ""))
        setattr(instance, self.attname, value)
        return value

    def derive(self, text):
        raise NotImplementedError


class SearchKeyField(DerivedField):
    """The folded text that searches compare (`portal.units.text.fold`)."""

    def derive(self, text):
        return fold(text)


class SortKeyField(DerivedField):
    """The Vietnamese alphabetical key. Collation "C": any other one would look past the spaces in it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "db_collation": "C"})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_collation", None)
        return name, path, args, kwargs

    def derive(self, text):
        return vietnamese_sort_key(text)
