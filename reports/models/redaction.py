"""A bound content in which words were taken down: from which hash to which, by which takedown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reports.models.evidence import Snapshot


class Redaction(models.Model):
    """Written by the database alone (`reports_redact`), which compares the figures before and after.

    The chain: what was confirmed has the hash of a confirmation; each redaction leads from one hash to the
    next; the last is that of the content as it is now (see reports/redaction.py).
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="redactions", verbose_name="bản chốt")
    takedown = models.ForeignKey(
        "secrecy.Takedown", models.PROTECT, related_name="+", verbose_name="lần gỡ nội dung"
    )
    sections = ArrayField(models.CharField(max_length=20), verbose_name="các mục")
    sha256_before = models.CharField("mã SHA-256 trước", max_length=64)
    sha256_after = models.CharField("mã SHA-256 sau", max_length=64)
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "bản chốt đã gỡ nội dung"
        verbose_name_plural = "bản chốt đã gỡ nội dung"
        default_permissions = ()
        ordering = ["snapshot", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "takedown"], name="redaction_once_a_takedown"),
            models.CheckConstraint(
                name="redaction_changes_hash", condition=~Q(sha256_before=F("sha256_after"))
            ),
        ]

    def __str__(self):
        return f"{self.sha256_before[:12]} → {self.sha256_after[:12]}"
