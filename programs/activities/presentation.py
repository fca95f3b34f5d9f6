"""How a value of a record is shown: one formatter for lists, details and history, by the model's fields."""

from datetime import date, datetime

from portal.ui.numbers import day, moment, number

EMPTY = "–"
# Kept by the machinery, or shown apart; the rest are facts of the activity.
APART = frozenset(
    {
        *("id", "programme", "side", "logged_by", "logged_at", "updated_at", "revision"),
        *("client_token", "content_hash", "deleted_at", "deleted_by", "deletion_reason"),
        "awaits_front",
    }
)
FIRST, LAST = ("title", "unit"), ("narrative",)


def shown(field, value) -> str:
    """``value`` of the model field ``field`` as text: choice labels, dd/mm/yyyy, 1.234, "–" for unknown."""
    if value is None or value == "" or value == []:
        return EMPTY
    if isinstance(value, list | tuple):
        labels = dict(field.base_field.flatchoices or ())
        return ", ".join(str(labels.get(item, item)) for item in value)
    labels = dict(field.flatchoices or ())
    return str(labels[value]) if value in labels else _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def is_amount(field) -> bool:
    """Whether the field holds a count, to be right-aligned."""
    return field.get_internal_type().endswith("IntegerField") and not field.choices


def label(field) -> str:
    """The field's Vietnamese name with a capital letter."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def fact_fields(model) -> list:
    """The fields of a kind that state facts: title and unit, the kind's own, the narrative."""
    fields = {f.name: f for f in model._meta.concrete_fields if f.name not in APART}
    own = [f for name, f in fields.items() if name not in (*FIRST, *LAST)]
    return [*(fields[n] for n in FIRST), *own, *(fields[n] for n in LAST)]


def facts(record) -> list[tuple[str, str]]:
    """(label, text) of every fact that stands below the title on the record's page."""
    fields = [f for f in fact_fields(type(record)) if f.name not in FIRST]
    return [(label(f), shown(f, getattr(record, f.attname))) for f in fields]
