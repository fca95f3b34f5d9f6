"""Which tables hold words that people typed, and in which columns."""

from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.units.columns import DerivedField

# Columns of text that a program writes.
TECHNICAL = {"content_hash", "sha256", "file_kind", "indicator"}


@dataclass(frozen=True, eq=False)
class Typed:
    """A table. `unit`: path to whose words they are ("" the country's); `of`: {place: path to it}.

    `is_catalogue`: cleared of typed words alone. `is_firm`: nothing but `secrecy_erase` changes its rows.
    """

    model: type
    unit: str = "unit"
    of: dict[str, str] = field(default_factory=dict)
    is_catalogue: bool = False
    is_firm: bool = False

    @property
    def tables(self) -> list[type]:
        """The rows of today and, where it is kept, their history."""
        return [self.model, *filter(None, [getattr(self.model, "pgh_event_model", None)])]


def typed_fields(model) -> list:
    """The columns in which somebody typed words, lists of words among them."""
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField | ArrayField)
        and not isinstance(each, DerivedField)
        and not each.choices
        and each.name not in TECHNICAL
        and not each.name.startswith("pgh_")
    ]


def derived_fields(model) -> list:
    return [each for each in model._meta.concrete_fields if isinstance(each, DerivedField)]


def unique_names(model) -> set[str]:
    """Columns that tell rows apart, or that such a column is derived from: two marks would be one row."""
    constraints = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    names = {name for each in constraints for name in each.fields}
    return names | {each.of for each in derived_fields(model) if each.name in names}
