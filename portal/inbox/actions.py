"""Reminding, reading, and choosing mails or none."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from portal.inbox.mailing import send_mails
from portal.inbox.models import MailOptOut, Reminder
from portal.inbox.sources import Due, all_due

CHUNK = 1000


def run(today: date | None = None) -> int:
    """A round: remind of what is due, then mail what was not mailed; how many it wrote. Safe to run twice."""
    new = remind(all_due(today or timezone.localdate()))
    send_mails()
    return new


def remind(due: Iterable[Due]) -> int:
    """Write what is not written yet; how many it tried. What another round writes meanwhile is left to it."""
    due, new = iter(due), 0
    while chunk := list(islice(due, CHUNK)):
        new += _write({(one.user_id, one.subject, one.stage): one for one in chunk})
    return new


@transaction.atomic
def mark_read(*, reminder: Reminder, by) -> None:
    """Note that its person has read it; the first time counts."""
    Reminder.objects.of(by).unread().filter(pk=reminder.pk).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, by) -> int:
    """Note that a person has read all; how many were unread."""
    return Reminder.objects.of(by).unread().update(read_at=timezone.now())


@transaction.atomic
def choose_mails(*, wanted: bool, by) -> None:
    """Mail a person's reminders, or keep them in the portal."""
    if wanted:
        MailOptOut.objects.filter(user=by).delete()
    else:
        MailOptOut.objects.get_or_create(user=by)


def _write(due: dict[tuple, Due]) -> int:
    subjects = {subject for _, subject, _ in due}
    told = Reminder.objects.filter(subject__in=subjects).values_list("user_id", "subject", "stage")
    known = set(told)
    rows = [Reminder(**asdict(one)) for key, one in due.items() if key not in known]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
