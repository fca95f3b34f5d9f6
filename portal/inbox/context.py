"""Context processor: how many reminders a person has not read, asked only by pages that show it."""

from django.utils.functional import SimpleLazyObject

from portal.inbox.models import Reminder

MOST = 99


def unread(request) -> dict:
    """`unread_reminders`: "3", "99+", or "" for none and for strangers."""
    return {"unread_reminders": SimpleLazyObject(lambda: _unread(getattr(request, "user", None)))}


def _unread(user) -> str:
    if user is None or not user.is_authenticated:
        return ""
    count = Reminder.objects.of(user).unread()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count or "")
