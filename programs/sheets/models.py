"""A workbook that somebody wants to take in: what it held, what was found in it, what became of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.access.scoping import ScopedQuerySet
from portal.jobs.models import Job
from portal.units.columns import NfcField

# The file is kept in the row until it is written, at most so long; what was taken in is in the log.
KEPT_FOR = timedelta(hours=24)
# The kind of job that makes a LogExport.
EXPORT = "sheets.export"


class BatchQuerySet(ScopedQuerySet):
    """`visible_to(user, permission)` scopes by the unit for which the file was sent."""

    def taken_in(self, *, unit, subject: str, content_hash: str):
        """The batch by which this very content came in before, or None."""
        same = self.filter(
            unit=unit, subject=subject, content_hash=content_hash, state=ImportBatch.State.DONE
        )
        return same.select_related("taken_in_by").first()

    def outdated(self):
        """Still holding a file that nobody has written for a day."""
        return self.filter(content__isnull=False, created_at__lt=timezone.now() - KEPT_FOR)


class ImportBatch(models.Model):
    """One file for one unit and one subject (a kind of activity, or opening data).

    `content` is the checked workbook, kept only until it is written or a day has passed. `content_hash` is of
    the cells, not of the file: saving the same table again in Excel does not make it another one.
    """

    class State(models.TextChoices):
        CHECKING = "checking", "Đang kiểm tra"
        FAULTY = "faulty", "Có lỗi, chưa ghi"
        READY = "ready", "Đã kiểm tra, chờ ghi"
        WRITING = "writing", "Đang ghi vào sổ"
        DONE = "done", "Đã ghi vào sổ"
        DROPPED = "dropped", "Đã bỏ, không ghi"

    subject = models.CharField("loại dữ liệu", max_length=40)
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    file_name = NfcField("tên tệp", max_length=200)
    content = models.BinaryField(null=True)
    content_hash = models.CharField(max_length=64)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.CHECKING)
    row_count = models.PositiveIntegerField("số dòng", default=0)
    error_count = models.PositiveIntegerField("số lỗi", default=0)
    warning_count = models.PositiveIntegerField("số cảnh báo", default=0)
    findings = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi tệp"
    )
    created_at = models.DateTimeField("gửi lúc", default=timezone.now)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi",
    )
    taken_in_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ Excel"
        verbose_name_plural = "các lần nhập từ Excel"
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-created_at"], name="batch_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "subject", "content_hash"],
                condition=Q(state="done"),
                name="batch_taken_in_once",
            ),
            models.CheckConstraint(
                name="batch_state_known",
                condition=Q(state__in=["checking", "faulty", "ready", "writing", "done", "dropped"]),
            ),
            models.CheckConstraint(
                name="batch_keeps_no_file_when_over",
                condition=Q(state__in=["done", "dropped"], content__isnull=True)
                | (~Q(state__in=["done", "dropped"]) & Q(content__isnull=False)),
            ),
            models.CheckConstraint(
                name="batch_done_says_who_and_when",
                condition=Q(state="done", taken_in_by__isnull=False, taken_in_at__isnull=False)
                | (~Q(state="done") & Q(taken_in_by__isnull=True, taken_in_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="batch_with_errors_is_not_written", condition=~Q(state="done") | Q(error_count=0)
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.WRITING)

    @property
    def kept_until(self):
        """When the file is thrown away if nobody writes it."""
        return self.created_at + KEPT_FOR


class LogExport(models.Model):
    """One workbook that somebody asked for: the filters of the list, then the file until it is dropped."""

    query = models.TextField("điều kiện lọc", blank=True, default="")
    activity_kind = models.CharField("loại hoạt động", max_length=40, blank=True, default="")
    row_count = models.PositiveIntegerField("số dòng")
    content = models.BinaryField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải"
    )
    created_at = models.DateTimeField("lúc", default=timezone.now)
    dropped_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "bảng Excel lấy từ sổ"
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_by", "-created_at"], name="export_of_person")]
        constraints = [
            models.CheckConstraint(
                name="export_dropped_keeps_no_file",
                condition=Q(dropped_at=None) | Q(content=None, query=""),
            )
        ]

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('sheets:export_page')}?so={self.pk}"

    @property
    def kept_until(self):
        """When the file is thrown away."""
        return self.created_at + KEPT_FOR

    @property
    def job(self) -> Job | None:
        """The work on it."""
        return Job.objects.filter(key=f"{EXPORT}:{self.pk}").first()
