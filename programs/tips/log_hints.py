"""What the police see of tips on pages of the log: how many a session counts already, how many came here.

For those who see the tips themselves only: to others such numbers would say what the counts hide.
"""

from datetime import date

from django.db.models import Count

from portal.access.permissions import Permission
from portal.access.scoping import has
from portal.ui.numbers import day, number
from portal.units.models import AdminUnit, Level
from programs.activities.entering import Entering
from programs.activities.extensions import Warning
from programs.activities.slots import slot_of, slot_range
from programs.tips.sessions import KIND, counted_alone, linked_to
from programs.tips.states import Channel

HAND_COUNT = "nguon-tin"
FEWER = (
    "Buổi này đã gắn {} nguồn tin của người dân, nhiều hơn số nguồn tin có giá trị ghi ở đây ({}). Nguồn tin "
    "vượt số ghi ở đây được tính riêng: ghi lại cho đủ, hoặc bỏ gắn ở trang nguồn tin."
)


def warn_of_linked(entering: Entering) -> list[Warning]:
    """Before saving: the number typed on a session is below the tips that are linked to it."""
    if entering.record is None or entering.kind.slug != KIND:
        return []
    typed = entering.form.cleaned_data.get("valuable_tips") or 0
    return [Warning(f"linked-tips:{typed}", text) for text in _too_few(entering.record, typed, entering.user)]


def linked_hint(entry, record, user) -> list[str]:
    """The same on the record's page, for what somebody else has saved."""
    return _too_few(record, record.valuable_tips or 0, user) if record.kind.slug == KIND else []


def _too_few(record, typed: int, user) -> list[str]:
    if not has(user, Permission.TIP_VIEW, record.unit):
        return []
    here, gone = linked_to(record.pk)
    here, gone = here.filter(handling_unit=record.unit), gone.filter(unit=record.unit)
    # Asked once: it is on the page of every session.
    linked = here.values("pk").union(gone.values("pk"), all=True).count()
    return [FEWER.format(number(linked), number(typed))] if linked > typed else []


def taken_in_here(entering: Entering) -> dict | None:
    """Beside a new count typed by hand: what the portal took in for the commune in the day's half month and
    in the one before."""
    unit, on = entering.form.place_so_far if entering.kind.slug == HAND_COUNT else (None, None)
    if unit is None or unit.level != Level.COMMUNE or not has(entering.user, Permission.TIP_VIEW, unit):
        return None
    slot = slot_of(on)
    return {"unit_name": unit.full_name, "lines": [_line(unit, *slot_range(one)) for one in (slot, slot - 1)]}


def _line(unit: AdminUnit, start: date, end: date) -> dict:
    found = received(unit, start, end)
    by_web = found.get(Channel.WEB, 0)
    return {
        "period": f"Từ {day(start)} đến {day(end)}",
        "web": by_web,
        "taken": sum(found.values()) - by_web,
    }


def received(unit: AdminUnit, start: date, end: date) -> dict[str, int]:
    """{channel: tips} about a commune, each once; those that a session counts, that were merged, and those
    about an officer, which the commune does not know of, are not among them."""
    span = {"unit": unit, "received_on__range": (start, end)}
    here, gone = (rows.filter(**span) for rows in counted_alone())
    found: dict[str, int] = {}
    for rows in (here.filter(about_officer=False), gone):
        for channel, tips in rows.values_list("channel").annotate(Count("pk")).order_by():
            found[channel] = found.get(channel, 0) + tips
    return found
