"""The tombstones once more, in a file outside the database: a backup of before does not know them.

One JSON object a line, none of the words in it. `manage.py restore` reads it and takes down again.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

FIELDS = ("place", "subject", "part", "ground", "basis", "role", "rows")


def line_of(takedown) -> dict:
    return {name: getattr(takedown, name) for name in FIELDS} | {
        "at": takedown.at.isoformat(),
        "by": takedown.by.username,
        "client_token": str(takedown.client_token),
    }


def append(takedown) -> None:
    """Add a tombstone, and have it on the disk before going on."""
    path = Path(settings.TAKEDOWN_LIST)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(json.dumps(line_of(takedown), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def lines(path) -> Iterator[dict]:
    """Every tombstone of a list; none when there is no such file."""
    path = Path(path)
    if path.exists():
        for line in path.read_text().splitlines():
            if line.strip():
                yield json.loads(line)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
