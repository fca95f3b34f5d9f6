"""What stays of a text that was taken down: that, when, by which role, on which ground; never the words."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.units.columns import NfcField


class Ground(models.TextChoices):
    STATE_SECRET = "state_secret", "Có nội dung thuộc bí mật nhà nước"
    INFORMER = "informer", "Lộ danh tính người tố giác, cung cấp tin"
    PERSONAL = "personal", "Có dữ liệu cá nhân không được phép lưu"


class Takedown(models.Model):
    """Written once, never changed. While its transaction is open, `secrecy_erase` changes what is kept.

    `place` and `subject` name what was taken down (an activity, a report), `part` a section of it;
    `touched` says how much of what was cleared; `rows` which rows, so that a restored backup is cleared of
    the same ones.
    """

    place = models.CharField("loại", max_length=20)
    subject = models.BigIntegerField("số")
    part = models.CharField("mục", max_length=20, blank=True, default="")
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    ground = models.CharField("lý do", max_length=20, choices=Ground)
    basis = NfcField("căn cứ", max_length=100, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gỡ"
    )
    role = models.CharField("vai trò", max_length=60)
    at = models.DateTimeField("lúc", default=timezone.now)
    touched = models.JSONField("đã gỡ", default=list)
    rows = models.JSONField("các dòng", default=dict)
    client_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The transaction that wrote the row; set by a trigger, whatever is sent.
    opened_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "lần gỡ nội dung"
        verbose_name_plural = "các lần gỡ nội dung"
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["place", "subject"], name="takedown_of")]
        constraints = [
            models.CheckConstraint(name="takedown_ground_known", condition=Q(ground__in=Ground.values)),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.at):%d/%m/%Y %H:%M}, {self.role}: {self.get_ground_display()}"
