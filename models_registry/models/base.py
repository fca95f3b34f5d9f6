"""What the rows of the registry share: history, who wrote them, and the words of a refusal."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

TODAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def refusal(constraint: str, message: str, *, unless: str) -> str:
    """plpgsql that refuses the row under a constraint's name unless the condition holds."""
    return f"""
    IF NOT ({unless}) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}', MESSAGE = '{message}';
    END IF;
    """


class Written(models.Model):
    """Who entered the row and when, and the token of the form, so that a double POST is one row."""

    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="người ghi"
    )
    logged_at = models.DateTimeField("ghi lúc", default=timezone.now, db_default=Now(), editable=False)
    client_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
