"""What rooms put on "Việc cần làm", without that page knowing them. Register in AppConfig.ready().

A thing that waits for a person stands in the list "Cần xử lý"; give a handful at most, in few queries::

    def tips_on_the_clock(user) -> list[HomeTask]:
        if not has(user, Permission.TIP_HANDLE):
            return []
        return [HomeTask("Còn 1 ngày", "Tin chờ xử lý", "Mở tin", reverse("tips:list"), css="late")]

    register_tasks(tips_on_the_clock, order=30)

A section of its own is a template and a function of the request, which gives its context, or None where
this person has no such section. `place` is "top", "main" (left) or "side" (right)::

    register_part("activities/_home_drafts.html", drafts_context, place="side", order=20,
                  permission=Permission.LOG_WRITE)

Orders in use: 10 reports, 20 what was half typed, 30 tips, 40 plans and targets, 50 the rest, 90 the last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.access.permissions import Permission
from portal.access.scoping import has

PLACES = ("top", "main", "side")


@dataclass(frozen=True)
class HomeTask:
    """Something that waits: a tag that says how urgent, what it is, the button that leads there.

    `css` is the tag's: "late" (red), "wait" (amber) or "" (plain).
    """

    tag: str
    title: str
    label: str
    url: str
    detail: str = ""
    unit_name: str = ""
    css: str = "wait"


@dataclass(frozen=True)
class HomePart:
    """A section of the page. `leads`: on a phone the column that it stands in comes first."""

    template: str
    context: Callable
    place: str
    order: int
    permission: Permission | None
    leads: bool


_TASKS: list[tuple[int, Callable]] = []
_PARTS: list[HomePart] = []
_LEADS: list[Callable] = []


def register_tasks(tasks: Callable, *, order: int = 50) -> Callable:
    """Ask `tasks(user)` for the `HomeTask`s of a person; lower orders stand higher."""
    if (order, tasks) not in _TASKS:
        _TASKS.append((order, tasks))
        _TASKS.sort(key=lambda known: known[0])
    return tasks


def register_part(
    template: str,
    context: Callable,
    *,
    place: str = "main",
    order: int = 50,
    permission: Permission | None = None,
    leads: bool = False,
) -> None:
    """Show a section to those who have `permission` and for whom `context(request)` is not None."""
    if place not in PLACES:
        raise ValueError(f"A part of the home page stands in one of {PLACES}, not in {place!r}")
    part = HomePart(template, context, place, order, permission, leads)
    if part not in _PARTS:
        _PARTS.append(part)
        _PARTS.sort(key=lambda known: known.order)


def register_lead(words: Callable[[date], str]) -> Callable:
    """Add `words(today)` to the line under the page's name."""
    if words not in _LEADS:
        _LEADS.append(words)
    return words


def tasks_of(user) -> list[HomeTask]:
    """What waits for a person, in the order of registration's orders."""
    return [task for _order, tasks in _TASKS for task in tasks(user)]


def lead_of(today: date) -> list[str]:
    """What rooms say about the day."""
    return [words(today) for words in _LEADS]


def rendered_parts(request) -> tuple[dict[str, list[SafeString]], bool]:
    """({place: sections}, whether the side column leads on a phone)."""
    found: dict[str, list[SafeString]] = {place: [] for place in PLACES}
    leads = False
    for part in _PARTS:
        if part.permission and not has(request.user, part.permission):
            continue
        context = part.context(request)
        if context is None:
            continue
        found[part.place].append(mark_safe(render_to_string(part.template, context, request)))
        leads = leads or (part.leads and part.place == "side")
    return found, leads
