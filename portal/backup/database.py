"""The whole database out and in, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from portal.embedded.postgres import binary


class DatabaseToolError(RuntimeError):
    """pg_dump, pg_restore or psql is missing or failed; the message carries what it said."""


def dump(target: Path) -> None:
    """Write the whole database in pg_dump's custom format.

    Whole, never data only: data without its triggers and constraints would run into those already there.
    """
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path, script: Path, *, replace: bool) -> None:
    """Load the dump `source` in one transaction, so that a failure leaves the database as it was.

    `script` is a path for the SQL in between. With `replace`, what the database holds is dropped first.
    """
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--file={script}", str(source))
    fresh = ["--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"] if replace else []
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--variable=ON_ERROR_STOP=1"]
    _run("psql", *options, *fresh, f"--file={script}")


def is_empty() -> bool:
    """Whether the database holds no table of ours."""
    return not connection.introspection.table_names()


def _run(name: str, *arguments: str) -> None:
    program = binary(name) or shutil.which(name)
    if program is None:
        raise DatabaseToolError(f"Không tìm thấy {name}: cài postgresql-client cùng phiên bản với máy chủ.")
    environment = os.environ | _address()
    done = subprocess.run([str(program), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise DatabaseToolError(f"{name}: {done.stderr.strip()}")


def _address() -> dict[str, str]:
    """Where the database is, in libpq's variables: a password on a command line could be read by anyone."""
    place = connection.settings_dict
    options = place["OPTIONS"]
    values = {
        "PGHOST": place["HOST"] or options.get("host", ""),
        "PGPORT": str(place["PORT"] or options.get("port", "")),
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": place["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
        # Whoever still works in the database is waited for a little, not for ever.
        "PGOPTIONS": "-c lock_timeout=10s",
    }
    return {key: value for key, value in values.items() if value}
