"""Fields that keep a column right however the row is written through the ORM."""

import unicodedata

from django.db import models

from portal.units.text import fold, vietnamese_sort_key


def normalise_username(value):
    """One spelling for one account: NFKC, no blanks around, lower case. Sign-in and lock-out go by it."""
    return unicodedata.normalize("NFKC", value or "").strip().lower()


def person_sort_key(full_name):
    """Key that sorts Vietnamese people by the last word, then from the first ("Trần Văn An" among the An)."""
    *first, last = full_name.split() or [""]
    # A tab sorts before the blank that a tone adds: every "An" comes before the first "Án".
    return "\t".join(vietnamese_sort_key(word) for word in [last, *first])


class UsernameField(models.CharField):
    """A CharField stored and looked up in its one spelling, so that its UNIQUE does not look at case."""

    def to_python(self, value):
        return value if value is None else normalise_username(super().to_python(value))

    def get_prep_value(self, value):
        return value if value is None else normalise_username(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        value = normalise_username(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class PersonSortKeyField(models.CharField):
    """Computed from full_name at every save, bulk_create too."""

    def pre_save(self, model_instance, add):
        value = person_sort_key(model_instance.full_name)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class PersonSearchKeyField(models.CharField):
    """Folded name and username: what the search box of the account list looks in."""

    def pre_save(self, model_instance, add):
        value = fold(f"{model_instance.full_name} {model_instance.username}")[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
