"""Imports point down only: a room can be read, tested and replaced with those below it alone."""

import ast
from pathlib import Path

import pytest

BASE_DIR = Path(__file__).resolve().parent.parent
# Each room and the rooms below it that it may know. Wiring (settings, urls, celery, home, demo) may know all.
BELOW = {
    "portal.embedded": set(),
    "portal.files": set(),
    "portal.units": set(),
    "portal.accounts": {"portal.units", "portal.files"},
    # ui, access and jobs are one level: navigation asks for rights, sign-in is a page like others.
    "portal.access": {"portal.ui", "portal.accounts", "portal.units", "portal.files"},
    "portal.ui": {"portal.access", "portal.accounts", "portal.units"},
    "portal.jobs": {"portal.ui", "portal.access", "portal.accounts", "portal.units"},
    "portal.inbox": {"portal.ui", "portal.access", "portal.accounts", "portal.units"},
    "portal.home": {"portal.ui", "portal.access", "portal.accounts", "portal.units"},
    "portal.secrecy": {"portal.ui", "portal.access", "portal.accounts", "portal.units"},
    "portal.backup": {"portal.embedded"},
}
_PORTAL = {"portal.files", "portal.home", "portal.inbox", "portal.jobs", "portal.secrecy"}
_PORTAL |= BELOW["portal.jobs"]
BELOW |= {
    "programs.coordination": _PORTAL,
    "programs.activities": {"programs.coordination", *_PORTAL},
}
_ACTIVITIES = {"programs.activities", *BELOW["programs.activities"]}
BELOW |= {
    "programs.awareness": _ACTIVITIES,
    "programs.grassroots": _ACTIVITIES,
    "programs.festivals": _ACTIVITIES,
    "programs.attachments": _ACTIVITIES,
    "programs.sheets": _ACTIVITIES,
    "programs.drafts": _ACTIVITIES,
    "programs.partners": _ACTIVITIES,
    "programs.tips": _ACTIVITIES,
    "models_registry": _ACTIVITIES,
    # Plans stand above what they plan: the log, its files and partners, and the models to be spread.
    "programs.plans": {
        *("programs.attachments", "programs.festivals", "programs.partners", "models_registry"),
        *_ACTIVITIES,
    },
    # Reports read the figures and what the registry counts, never the kinds behind them; the dashboard also
    # shows what the rooms of festivals, plans and tips count by themselves.
    "reports": {"models_registry", "programs.festivals", "programs.plans", "programs.tips", *_ACTIVITIES},
}


def rooms() -> set[str]:
    """Every package of ours that is a room: reports, the registry, those under portal and programs."""
    packages = {
        f"{parent}.{init.parent.name}"
        for parent in ("portal", "programs")
        for init in (BASE_DIR / parent).glob("*/__init__.py")
    }
    return packages | {"reports", "models_registry"}


def room_of(module: str) -> str | None:
    """The room that `module` lives in, None for other people's code and for wiring."""
    return next((room for room in rooms() if module == room or module.startswith(f"{room}.")), None)


def imported(path: Path) -> set[str]:
    """Modules that the file imports anywhere in it, also inside functions; relative ones resolved."""
    package = path.relative_to(BASE_DIR).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("room", sorted(BELOW))
def test_a_room_knows_only_what_is_below(room):
    wrong = [
        f"{path.relative_to(BASE_DIR)} imports {module}"
        for path in sorted((BASE_DIR / room.replace(".", "/")).rglob("*.py"))
        for module in sorted(imported(path))
        if room_of(module) not in {None, room, *BELOW[room]}
    ]
    assert wrong == []


def test_every_room_is_judged():
    assert rooms() - BELOW.keys() <= {"portal.demo"}


def test_no_room_imports_the_wiring_or_the_tests():
    wiring = {"portal.urls", "portal.settings", "portal.wsgi", "tests"}
    wrong = [
        f"{path.relative_to(BASE_DIR)} imports {module}"
        for room in rooms()
        for path in sorted((BASE_DIR / room.replace(".", "/")).rglob("*.py"))
        for module in imported(path)
        if any(module == name or module.startswith(f"{name}.") for name in wiring)
    ]
    assert wrong == []


def test_relative_and_inner_imports_are_seen(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_imports.BASE_DIR", tmp_path)
    source = tmp_path / "portal" / "units" / "x.py"
    source.parent.mkdir(parents=True)
    source.write_text("from ..jobs import models\ndef f():\n    import reports.calendar\n")
    assert {"portal.jobs", "portal.jobs.models", "reports.calendar"} <= imported(source)
