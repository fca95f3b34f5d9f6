"""A workbook of accounts: what was found in it, what became of it. No password is ever in it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.units.columns import NfcField

KEPT_FOR = timedelta(hours=24)


class AccountBatchQuerySet(models.QuerySet):
    def outdated(self):
        """Still holding names that nobody has made accounts of within a day."""
        return self.filter(state__in=["faulty", "ready"], at__lt=timezone.now() - KEPT_FOR)


class AccountBatch(models.Model):
    """One file with accounts for one province, or for the country. `rows` go when they are written."""

    class State(models.TextChoices):
        FAULTY = "faulty", "Có lỗi, chưa lập"
        READY = "ready", "Đã kiểm tra, chờ lập"
        DONE = "done", "Đã lập tài khoản"
        DROPPED = "dropped", "Đã bỏ, không lập"

    province = models.ForeignKey(
        "units.AdminUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tỉnh, thành phố",
    )
    file_name = NfcField("tên tệp", max_length=200)
    content_hash = models.CharField(max_length=64, editable=False)
    state = models.CharField("trạng thái", max_length=8, choices=State)
    rows = models.JSONField(default=list, editable=False)
    findings = models.JSONField(default=list, editable=False)
    row_count = models.PositiveIntegerField("số tài khoản", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    at = models.DateTimeField("gửi lúc", default=timezone.now)
    done_at = models.DateTimeField("lập lúc", null=True, blank=True)
    accounts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name="tài khoản đã lập"
    )

    objects = AccountBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần lập tài khoản từ Excel"
        verbose_name_plural = "các lần lập tài khoản từ Excel"
        default_permissions = ()
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash"], condition=Q(state="done"), name="account_batch_once"
            ),
            models.CheckConstraint(
                name="account_batch_state",
                condition=Q(state="done", done_at__isnull=False)
                | Q(state__in=["faulty", "ready", "dropped"], done_at__isnull=True),
            ),
            models.CheckConstraint(
                name="account_batch_forgets_rows", condition=Q(state="ready") | Q(rows=[])
            ),
        ]

    def __str__(self):
        return self.file_name
