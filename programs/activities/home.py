"""What the log shows on "Việc cần làm": what was just written, and where to write."""

from django.urls import reverse
from django.utils.text import capfirst

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.home.parts import register_part
from portal.ui.numbers import day
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind, kinds
from programs.activities.usage import kinds_by_use

KINDS_AT_HAND = 4
ENTRIES_SHOWN = 5


def register() -> None:
    """Both sections are for those who log."""
    mine = {"permission": Permission.LOG_WRITE}
    register_part("activities/_home_latest.html", latest_context, order=60, **mine)
    register_part("activities/_home_entry.html", entry_context, place="side", order=10, leads=True, **mine)


def latest_context(request) -> dict:
    """The latest days in the log of the communes that a person writes for."""
    communes = scope_of(request.user, Permission.LOG_WRITE).communes
    entries = ActivityEntry.objects.visible_to(request.user, Permission.LOG_VIEW).live()
    shown = entries.filter(unit__in=communes).select_related("unit").latest_first()[:ENTRIES_SHOWN]
    latest = [_shown(entry) for entry in shown]
    return {"latest": latest, "many_units": len({entry["unit_name"] for entry in latest}) > 1}


def _shown(entry) -> dict:
    return {
        "day": day(entry.day),
        "title": entry.title,
        "url": reverse("activities:detail", args=[entry.pk]),
        "kind_name": capfirst(kind(entry.kind).name),
        "unit_name": entry.unit.full_name,
    }


def entry_context(request) -> dict:
    """Where to log an activity of each kind, and several of one kind at once."""
    links = [_link(each, "create", capfirst(each.name)) for each in kinds_by_use(request.user)]
    return {
        "kinds": links[:KINDS_AT_HAND],
        "more_kinds": links[KINDS_AT_HAND:],
        "grouped": [
            _link(each, "create_grouped", each.name) for each in kinds() if each.form_class.grouped_form
        ],
    }


def _link(each, page: str, name: str) -> dict:
    return {"name": name, "url": reverse(f"activities:{page}", args=[each.slug])}
