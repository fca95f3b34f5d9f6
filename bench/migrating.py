"""The quick migration of an empty database: the schema that `migrate` makes, in half the time or less."""

import os
import subprocess
import sys
import time

import psycopg
from psycopg import sql

from tests.database import BASE_DIR, TestDatabase

AT_MOST = 0.6
SCHEMA = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "functions": "SELECT p.oid::regprocedure::text, prosrc FROM pg_proc p"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "migrations": "SELECT app, name FROM django_migrations ORDER BY 1, 2",
}


def main() -> bool:
    """Both ways on databases of their own; whether the schema is one and the quick way is quick."""
    database = TestDatabase()
    plain_s, plain = migrated(database, "half_plain", ["manage.py", "migrate", "--verbosity=0"])
    quick_s, quick = migrated(database, "half_quick", ["-m", "portal.embedded.quick_migrate"])
    different = [part for part in SCHEMA if plain[part] != quick[part]]
    print(f"migrate {plain_s:.1f} s, quick {quick_s:.1f} s: {quick_s / plain_s:.2f} (at most {AT_MOST})")
    print(f"different: {', '.join(different) or 'nothing'} of {', '.join(SCHEMA)}")
    return not different and quick_s / plain_s <= AT_MOST


def migrated(database: TestDatabase, name: str, command: list[str]) -> tuple[float, dict]:
    """Seconds that the command took on an empty database, and what is in it afterwards."""
    with psycopg.connect(database.server.dsn("postgres"), autocommit=True) as admin:
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {} TEMPLATE template0"):
            admin.execute(sql.SQL(statement).format(sql.Identifier(name)))
    environment = os.environ | {"DATABASE_URL": database.server.url(name)}
    began = time.monotonic()
    subprocess.run([sys.executable, *command], cwd=BASE_DIR, env=environment, check=True)
    took = time.monotonic() - began
    with psycopg.connect(database.server.dsn(name)) as connection:
        return took, {part: connection.execute(query).fetchall() for part, query in SCHEMA.items()}
