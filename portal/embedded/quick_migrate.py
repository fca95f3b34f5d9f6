"""Migrating an empty database in half the time, for the demo and the tests.

Django draws every model anew, with all that refer to it, after each operation of a migration. A constraint,
an index or a trigger changes no field: what was drawn before serves the next operation as well. On a server,
with data, plain `migrate` runs; `make bench ARGS=migrating` compares the two schemas.
"""

import contextlib
from collections.abc import Iterator

from django.core.management import call_command
from django.db.migrations.operations import AddConstraint, AddIndex
from pgtrigger.migrations import AddTrigger

WITHOUT_FIELDS = (AddConstraint, AddIndex, AddTrigger)


def quick_migrate() -> None:
    """What `manage.py migrate` does, quietly."""
    with drawn_models_kept():
        call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def drawn_models_kept() -> Iterator[None]:
    """Operations that change no field leave the drawn models alone."""
    originals = {operation: operation.state_forwards for operation in WITHOUT_FIELDS}
    for operation, original in originals.items():
        operation.state_forwards = _keeping(original)
    try:
        yield
    finally:
        for operation, original in originals.items():
            operation.state_forwards = original


def _keeping(state_forwards):
    def keep(self, app_label, state):
        drawn = state.__dict__.pop("apps", None)
        state_forwards(self, app_label, state)
        if drawn is not None:
            state.__dict__["apps"] = drawn

    return keep


if __name__ == "__main__":
    import django

    django.setup()
    quick_migrate()
