"""Writing what people told so that no server log can repeat it.

PostgreSQL writes a statement that fails into its log, and Django's driver puts values into statements. Here
values travel apart from the statement (bound by the server), and the driver's error, which may quote the
row, is replaced by one that says nothing.
"""

import hashlib

import psycopg
from django.db import connection, transaction

from programs.tips.errors import NotStored


def insert(model, *, once_by: str = "", **values) -> int | None:
    """The key of the new row; None if `once_by` (a unique column) is there already. Raises NotStored."""
    columns, bound = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        value = values.pop(field.attname) if field.attname in values else field.get_default()
        columns.append(field.column)
        bound.append(field.get_db_prep_save(value, connection))
    if values:
        raise TypeError(f"no such columns: {', '.join(values)}")
    again = f" ON CONFLICT ({once_by}) DO NOTHING" if once_by else ""
    places = ", ".join(["%s"] * len(columns))
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    rows = _run(f'INSERT INTO {table} ({names}) VALUES ({places}){again} RETURNING "id"', bound)
    return rows[0][0] if rows else None


def lock_locator(locator: int) -> None:
    """Until the transaction ends nobody else gives out a code of this locator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, locator])


def _run(statement: str, bound: list) -> list:
    connection.ensure_connection()
    try:
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(statement, bound)
            return cursor.fetchall()
    except psycopg.Error as error:
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        raise NotStored(error.sqlstate or "") from None


_LOCK = int.from_bytes(hashlib.sha256(b"tips.locator").digest()[:3])
