"""The check constraints of a table, asked for many rows at once.

Django asks the database once for every constraint and row; twenty thousand rows would take minutes. Here one
query judges a whole chunk by the constraints that the table has in the database.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

DEFINITIONS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype = 'c' ORDER BY conname
"""


def constraint_conditions(model) -> dict[str, str]:
    """{name of the constraint: SQL over the table's own columns}"""
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS, [model._meta.db_table])
        return {
            name: text.removeprefix("CHECK ").removesuffix(" NOT VALID") for name, text in cursor.fetchall()
        }


def broken_constraints(records: list[models.Model], conditions: dict[str, str]) -> list[list[str]]:
    """For each of these unsaved records of one model, the names of the constraints that it breaks."""
    if not records:
        return []
    cases = ", ".join(
        f"CASE WHEN {condition} IS FALSE THEN '{name}' END" for name, condition in conditions.items()
    )
    table = type(records[0])._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_remove(ARRAY[{cases or 'NULL'}]::text[], NULL)"
            f" FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) WITH ORDINALITY ORDER BY ordinality",
            [json.dumps([_columns(record) for record in records], cls=DjangoJSONEncoder)],
        )
        return [names for (names,) in cursor.fetchall()]


def _columns(record) -> dict:
    """The values of a record by column, as they would be written."""
    fields = [f for f in record._meta.concrete_fields if not f.primary_key]
    return {f.column: f.get_prep_value(getattr(record, f.attname)) for f in fields}


def said_of(model, name: str) -> str:
    """What the model says about a constraint of its own; a general sentence where it says nothing."""
    found = next((c for c in model._meta.constraints if c.name == name), None)
    said = getattr(found, "violation_error_message", "")
    if not said or said == models.CheckConstraint.default_violation_error_message:
        return "nội dung này không hợp lệ, kiểm tra lại các ô của dòng."
    return said


def fields_of(model, name: str) -> list[str]:
    """The names of the fields that a constraint speaks of."""
    found = next((c for c in model._meta.constraints if c.name == name), None)
    condition = getattr(found, "condition", None)
    names = [f.name for f in model._meta.concrete_fields]
    referred = getattr(condition, "referenced_base_fields", set()) if condition is not None else set()
    return [name for name in names if name in referred]
