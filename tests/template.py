"""Fills the database that DATABASE_URL names with what every test begins with; run as a process."""

import django
from django.core.management import call_command, get_commands

from portal.embedded.quick_migrate import quick_migrate

# Run in this order after the migrations, where they exist.
CATALOGUE_COMMANDS = ("load_units", "load_catalogue")


def main() -> None:
    """All steps in one process: each start of Django costs seconds."""
    django.setup()
    quick_migrate()
    for command in CATALOGUE_COMMANDS:
        if command in get_commands():
            call_command(command, verbosity=0)


if __name__ == "__main__":
    main()
