"""What a record's page says about those who carried it out."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from portal.access.permissions import Permission
from portal.access.scoping import has, scope_of
from portal.accounts.models import Posting, Side, User
from portal.home.parts import HomeTask
from portal.ui.numbers import number
from programs.activities.models import ActivityEntry
from programs.partners.actions import may_confirm
from programs.partners.models import EntryMovement, EntryPartner, EntryUnit, MemberConfirmation, Part

MOST_COMPLETERS, LOOKED_AT = 5, 100


@dataclass(frozen=True)
class Completer:
    """Somebody else than the one who logged it: the last time they changed it."""

    name: str
    side: str
    at: datetime


def partners_context(entry, record, user) -> dict:
    """For partners/_detail.html."""
    parties = sorted(EntryPartner.objects.filter(entry=entry).select_related("partner"), key=_order)
    units = EntryUnit.objects.filter(entry=entry).select_related("unit__parent").order_by("unit__sort_key")
    movements = EntryMovement.objects.filter(entry=entry).select_related("movement")
    elsewhere = not scope_of(user, Permission.LOG_VIEW).holds(record.unit)
    return {
        "chaired": [party.name for party in parties if party.part == Part.CHAIRED],
        "joined": [party.name for party in parties if party.part == Part.JOINED],
        "joint_units": [link.unit.full_name for link in units],
        "movements": [link.movement.name for link in movements],
        "counted_at": record.unit.full_name if elsewhere else "",
        "completers": completers(record),
        **_waiting(entry, record, user),
    }


def waiting_task(user) -> list[HomeTask]:
    """For the Front: how many records of member organisations wait for it. One query, none for others."""
    postings = [posting for posting in user.postings_in_force() if posting.side == Side.FRONT]
    units = {posting.unit.today_unit_id or posting.unit_id for posting in postings if posting.unit_id}
    if not units or not has(user, Permission.LOG_WRITE):
        return []
    entries = ActivityEntry.objects.visible_to(user, Permission.LOG_WRITE).live().filter(awaits_front=True)
    count = entries.filter(unit__today_unit__in=units).count()
    if not count:
        return []
    title = f"{number(count)} hoạt động do tổ chức thành viên ghi"
    detail = "Chưa tính vào số liệu cho đến khi Mặt trận xác nhận"
    task = HomeTask("Chờ xác nhận", title, "Xem và xác nhận", reverse("partners:waiting"), detail=detail)
    return [task]


def _order(party: EntryPartner) -> tuple:
    """The two sides as reports name them, then the others by name."""
    return (party.side != Side.POLICE, not party.side, party.partner.sort_key if party.partner_id else "")


def _waiting(entry, record, user) -> dict:
    if record.side != Side.MEMBER:
        return {}
    last = MemberConfirmation.objects.filter(entry=entry).select_related("by").order_by("pk").last()
    waits = record.awaits_front and entry.live
    may = waits and may_confirm(activity=record, by=user)
    return {"is_members": True, "waits": waits, "may_confirm": may, "confirmation": None if waits else last}


def completers(record) -> list[Completer]:
    """Who else has changed the record, the latest first, with their side at its unit. Three queries."""
    changes = record.kind.event_model.objects.filter(
        pgh_obj_id=record.pk, pgh_label="update", pgh_context__metadata__verb="change"
    ).order_by("-pgh_id")
    last: dict[int, datetime] = {}
    for user, at in changes.values_list("pgh_context__metadata__user", "pgh_created_at")[:LOOKED_AT]:
        if user and user != record.logged_by_id:
            last.setdefault(user, at)
    last = dict(list(last.items())[:MOST_COMPLETERS])
    if not last:
        return []
    people, sides = User.objects.in_bulk(list(last)), _sides(list(last), record.unit)
    return [
        Completer(people[pk].full_name or people[pk].username, sides.get(pk, ""), at)
        for pk, at in last.items()
        if pk in people
    ]


def _sides(people: list[int], unit) -> dict[int, str]:
    here = unit.today_unit_id or unit.pk
    postings = Posting.objects.filter(user__in=people, unit__today_unit=here).exclude(side="")
    postings = postings | Posting.objects.filter(user__in=people, unit=here).exclude(side="")
    return {posting.user_id: posting.get_side_display() for posting in postings.order_by("starts_on", "pk")}
