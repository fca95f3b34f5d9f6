"""The recovery codes of the second step of signing in (second_factor.py)."""

from django.conf import settings
from django.db import models


class RecoveryCode(models.Model):
    """One code from the paper, by its digest; it works once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes", verbose_name="tài khoản"
    )
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField("dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mã dự phòng"
        verbose_name_plural = "mã dự phòng"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self):
        return f"{self.user_id}"
