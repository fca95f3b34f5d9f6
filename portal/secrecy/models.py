"""Who has attested that a text with a sign in it holds no state secret. The text itself is not kept."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Attestation(models.Model):
    """Written once, never changed. `place`: the kind of form; `subject`: the id of what was saved."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cam đoan"
    )
    at = models.DateTimeField("lúc", default=timezone.now)
    place = models.CharField("ở biểu mẫu", max_length=40)
    subject = models.BigIntegerField("số của bản ghi", null=True, blank=True)
    fields = ArrayField(models.CharField(max_length=120), verbose_name="ở các mục")
    signs = ArrayField(models.CharField(max_length=20), verbose_name="dấu hiệu")

    class Meta:
        verbose_name = "cam đoan không chứa bí mật nhà nước"
        verbose_name_plural = "cam đoan không chứa bí mật nhà nước"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.by}, {timezone.localtime(self.at):%d/%m/%Y %H:%M}"


def attest(*, by, place: str, found, subject: int | None = None) -> Attestation:
    """Keep who has attested, where and about which signs (`found`: markers.Found); none of the words."""
    signs = sorted({sign.name for each in found for sign in each.signs})
    return Attestation.objects.create(
        by=by, place=place, subject=subject, fields=[each.label[:120] for each in found], signs=signs
    )


# The tombstones live in a file of their own; Django finds models here.
from portal.secrecy.tombstones import Ground, Takedown  # noqa: E402, F401
