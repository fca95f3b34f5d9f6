"""What people were reminded of, and who wants no mails about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.inbox.querysets import ReminderQuerySet
from portal.units.columns import NfcField


class Reminder(models.Model):
    """One stage of one subject, once for each person: the database refuses the second.

    `mailed_at` is set before the mail goes out and taken back where the server refused it (mailing.py).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="người được nhắc",
    )
    subject = models.CharField("việc", max_length=120)
    stage = models.CharField("mức nhắc", max_length=40)
    title = NfcField("nội dung", max_length=300)
    url = models.CharField("trang", max_length=300)
    created_at = models.DateTimeField("nhắc lúc", default=timezone.now, editable=False)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("gửi thư lúc", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "nhắc việc"
        verbose_name_plural = "nhắc việc"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="reminder_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="reminder_unread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "subject", "stage"], name="reminder_once"),
            models.CheckConstraint(
                name="reminder_says_what", condition=~Q(subject="") & ~Q(stage="") & ~Q(title="")
            ),
            # A path of the portal, never an address elsewhere.
            models.CheckConstraint(name="reminder_stays_here", condition=Q(url__regex=r"^/([^/\\]|$)")),
        ]

    def __str__(self):
        return self.title


class MailOptOut(models.Model):
    """Somebody who wants reminders in the portal alone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        related_name="+",
        verbose_name="tài khoản",
    )
    since = models.DateTimeField("từ lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "người không nhận thư nhắc việc"
        verbose_name_plural = "người không nhận thư nhắc việc"
        default_permissions = ("view",)

    def __str__(self):
        return str(self.user)
