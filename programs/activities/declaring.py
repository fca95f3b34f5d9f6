"""Words to declare a kind with: history, and the constraints that most kinds share.

`prefix` names the constraints of one kind: "patrol" gives "patrol_turnouts_bounds".
"""

import pghistory
from django.db import models
from django.db.models import F, Func, Q

from portal.ui.numbers import number
from programs.activities.firm import append_only
from programs.activities.models import LogEvent


def keeps_history(words: str):
    """Class decorator: one event for each insert, update and delete. `words`: "ca tuần tra"."""

    def track(model):
        tracked = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            level=pghistory.Statement,  # row by row, a bulk write without a user would take quadratic time
            base_model=LogEvent,
            model_name=f"{model.__name__}Event",
            meta={"triggers": append_only(), "verbose_name": f"lịch sử {words}"},
        )
        return tracked(model)

    return track


def slot(column: str) -> Func:
    """The half month of a date column, by the immutable SQL function of the log."""
    return Func(F(column), function="slot_of", output_field=models.IntegerField())


def bounded(prefix: str, limits: dict[str, tuple[int, int]], words: dict[str, str]) -> list:
    """Each count between its limits, both inclusive, or unknown. `words`: the count's name by field."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_{name}_bounds",
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": low, f"{name}__lte": high}),
            violation_error_message=f"{words[name]} phải từ {number(low)} đến {number(high)}.",
        )
        for name, (low, high) in limits.items()
    ]


def known(prefix: str, **choices) -> list:
    """Each column one of its TextChoices; (TextChoices, True) lets it be empty."""
    constraints = []
    for name, offered in choices.items():
        values = [*offered[0].values, ""] if isinstance(offered, tuple) else offered.values
        condition = Q(**{f"{name}__in": values})
        constraints.append(models.CheckConstraint(name=f"{prefix}_{name}_known", condition=condition))
    return constraints


def all_known(prefix: str, **choices) -> list:
    """Each item of an array column one of its TextChoices."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_{name}_known", condition=Q(**{f"{name}__contained_by": offered.values})
        )
        for name, offered in choices.items()
    ]


def at_most(prefix: str, part: str, whole: str, words: str) -> models.CheckConstraint:
    """A part that cannot exceed its whole; either may be unknown."""
    unknown = Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": True})
    return models.CheckConstraint(
        name=f"{prefix}_{part}_within_{whole}",
        condition=unknown | Q(**{f"{part}__lte": F(whole)}),
        violation_error_message=words,
    )
