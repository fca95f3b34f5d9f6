"""Named questions about reminders."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

# A mail server that is down longer than this is told of elsewhere; what it missed is still in the inbox.
MAILED_WITHIN = timedelta(days=3)


class ReminderQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def latest_first(self):
        return self.order_by("-created_at", "-pk")

    def to_mail(self):
        """Not read, not mailed, not old, of people who have an address and want mails."""
        from portal.inbox.models import MailOptOut

        return self.unread().filter(
            ~Exists(MailOptOut.objects.filter(user=OuterRef("user"))),
            ~models.Q(user__email=""),
            mailed_at__isnull=True,
            created_at__gte=timezone.now() - MAILED_WITHIN,
            user__is_active=True,
        )
