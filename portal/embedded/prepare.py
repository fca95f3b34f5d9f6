"""Makes the demo's database, reference data, cases and static files; the supervisor runs it as a process."""

import os
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command, get_commands
from psycopg import sql

from portal.embedded.quick_migrate import quick_migrate


def main() -> None:
    """Everything in one process: each start of Django costs seconds."""
    django.setup()
    make_database()
    quick_migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    for command in ("load_units", "load_catalogue"):
        if command in get_commands():
            call_command(command)
    load_demo_once()
    write_accounts()


def make_database() -> None:
    """Create the database that DATABASE_URL names, where there is none."""
    place = settings.DATABASES["default"]
    address = {"host": place["OPTIONS"]["host"], "user": place["USER"], "dbname": "postgres"}
    with psycopg.connect(**address, autocommit=True) as connection:
        known = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
        if place["NAME"] not in known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(place["NAME"])))


def load_demo_once() -> None:
    """Demo cases are loaded into a new database only: what people did in the demo is kept."""
    loaded = Path(settings.VAR_DIR) / "demo-loaded"
    if not loaded.exists() and "load_demo" in get_commands():
        call_command("load_demo")
        loaded.touch()


def write_accounts() -> None:
    """The list that the supervisor prints at every start."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects.filter(is_active=True).order_by("username")
    lines = [f"  {user.get_username():<16} {user.get_full_name()}" for user in users]
    if lines:
        lines = ["", f"Tài khoản demo (mật khẩu chung: {settings.DEMO_PASSWORD})", *lines, ""]
    (Path(settings.VAR_DIR) / "demo-accounts.txt").write_text("\n".join(lines))


if __name__ == "__main__":
    os.umask(0o077)
    main()
