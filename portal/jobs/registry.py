"""Kinds of background work. A room registers its own in `tasks.py`: `@job("reports.open_period", …)`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class JobKind:
    """`run(work)` does it; `title` is shown to people; `result(job)` is the address of what came out."""

    name: str
    title: str
    run: Callable
    result: Callable | None = None


_kinds: dict[str, JobKind] = {}


def job(name: str, *, title: str, result: Callable | None = None):
    """Register the decorated function `run(work: Work)` as a kind of job. It must be safe to run again."""

    def register(run):
        if name in _kinds and _kinds[name].run.__qualname__ != run.__qualname__:
            raise ValueError(f"Job kind {name} is registered twice")
        _kinds[name] = JobKind(name, title, run, result)
        return run

    return register


def kind_of(name: str) -> JobKind:
    """The kind; KeyError if no room has registered it."""
    return _kinds[name]
