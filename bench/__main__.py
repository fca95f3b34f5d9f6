"""`make bench`: every module here measures one promise on its own database; exit code 1 if one breaks.

    make bench                     all
    make bench ARGS="exports"      one

A promise is a ratio within one run where it can be: the machine's other work hits both sides alike. A module
offers `main() -> bool`, prints what it measured, and says whether the promise was kept.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(chosen: list[str]) -> int:
    """Run the modules named, or all, each on a fresh database."""
    modules = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    names = [name for name in modules if not name.startswith("_")]
    if unknown := set(chosen) - set(names):
        print(
            f"no such measurement: {', '.join(sorted(unknown))}; there are: {', '.join(names)}",
            file=sys.stderr,
        )
        return 2
    import django

    django.setup()
    broken = [name for name in chosen or names if not measured(name)]
    print(f"\nbroken: {', '.join(broken)}" if broken else "\nall kept")
    return bool(broken)


def measured(name: str) -> bool:
    """Whether the module's promise was kept."""
    from django.db import connections

    from tests.database import TestDatabase

    print(f"\n== {name}", flush=True)
    database = TestDatabase()
    database.open()
    database.use()
    try:
        return importlib.import_module(f"bench.{name}").main()
    finally:
        connections.close_all()
        database.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
