"""The kinds of activity. A slice registers each model once; all else is written once for all kinds."""

from dataclasses import dataclass

import pgtrigger
from django.utils.module_loading import import_string

from programs.activities.indicators import Indicator, indicator
from programs.activities.triggers import log_triggers


@dataclass(frozen=True)
class Measure:
    """How a row of one kind counts for an indicator: own columns only, no joins.

    indicator: slug; on: the date column that says when it counts (null: it does not count yet);
    amount: SQL over own columns (null is unknown and adds nothing); where: SQL condition over own columns.
    """

    indicator: str
    on: str
    amount: str = "1"
    where: str = ""

    @property
    def column(self) -> str:
        return indicator(self.indicator).column

    @property
    def value(self) -> str:
        """SQL of what one row adds; null where it adds nothing, as long as the Front has not confirmed it."""
        where = f" AND ({self.where})" if self.where else ""
        return f"CASE WHEN NOT awaits_front{where} THEN {self.amount} END"

    @property
    def confirmed_value(self) -> str:
        """The same as if the Front had confirmed it: what a confirmation will add."""
        return f"CASE WHEN {self.where} THEN {self.amount} END" if self.where else self.amount


@dataclass(frozen=True)
class Kind:
    """slug: in URLs and in ActivityEntry.kind; form: dotted path of the form class (forms import models);
    date_field: the day of the activity; dates: all date columns (none may lie in the future)."""

    slug: str
    model: type
    form: str
    name: str
    plural: str
    date_field: str
    measures: tuple[Measure, ...]
    list_columns: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    template: str = "activities/_kind_facts.html"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def event_model(self) -> type:
        """The history of this kind, one row per insert, update and delete."""
        return self.model.pgh_event_model

    @property
    def form_class(self) -> type:
        return import_string(self.form)

    @property
    def all_dates(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys((self.date_field, *self.dates, *(measure.on for measure in self.measures)))
        )

    @property
    def indicators(self) -> list[Indicator]:
        return [indicator(slug) for slug in dict.fromkeys(measure.indicator for measure in self.measures)]

    def measures_by_date(self) -> dict[str, list[Measure]]:
        """The measures grouped by the date column they count on."""
        grouped: dict[str, list[Measure]] = {}
        for measure in self.measures:
            grouped.setdefault(measure.on, []).append(measure)
        return grouped


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known and hang the triggers of the log and the tally on its table.

    Called at the end of the slice's models.py. A row feeds an indicator through one measure at most, so
    that a figure and the rows behind it cannot disagree; a second one is refused here.
    """
    slugs = [measure.indicator for measure in kind.measures]
    if kind.slug in _KINDS or len(set(slugs)) < len(slugs):
        raise ValueError(f"kind {kind.slug}: already registered, or two measures for one indicator")
    for slug in slugs:
        indicator(slug)
    _KINDS[kind.slug] = kind
    pgtrigger.register(*log_triggers(kind))(kind.model)
    return kind


def kinds() -> list[Kind]:
    """All kinds, in the order of registration."""
    return list(_KINDS.values())


def kind(slug: str) -> Kind:
    """The kind of a slug; KeyError if there is none."""
    return _KINDS[slug]


def kind_of(model_or_row) -> Kind:
    """The kind of a model or of one of its rows."""
    model = model_or_row if isinstance(model_or_row, type) else type(model_or_row)
    return next(kind for kind in _KINDS.values() if kind.model is model)


def feeding(slug: str) -> list[tuple[Kind, Measure]]:
    """The kinds that feed an indicator, with the measure of each."""
    return [(kind, m) for kind in _KINDS.values() for m in kind.measures if m.indicator == slug]
