"""A unit of background work is a row: what to do, who holds it, how far it got, why it failed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.jobs.querysets import JobQuerySet


class Job(models.Model):
    """One piece of work. `args` holds keys and dates only, never content."""

    class State(models.TextChoices):
        QUEUED = "queued", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không thành công"

    kind = models.CharField("loại", max_length=60)
    key = models.CharField("khóa", max_length=200, unique=True)
    args = models.JSONField("tham số", default=dict, blank=True)
    unit = models.ForeignKey(
        "units.AdminUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.QUEUED)
    total = models.PositiveIntegerField("tổng số", default=0)
    done = models.PositiveIntegerField("đã làm", default=0)
    queued_at = models.DateTimeField("giao lúc")
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    claim = models.UUIDField("phiếu giữ", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    error = models.TextField("lỗi", blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người giao",
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "công việc nền"
        verbose_name_plural = "công việc nền"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="job_open")]
        constraints = [
            models.CheckConstraint(
                name="job_state_known", condition=Q(state__in=["queued", "running", "done", "failed"])
            ),
            models.CheckConstraint(
                name="job_held_while_running",
                condition=Q(state="running", lease_until__isnull=False, claim__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True, claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_when_over",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(name="job_failure_says_why", condition=~Q(state="failed") | ~Q(error="")),
            models.CheckConstraint(name="job_done_within_total", condition=Q(done__lte=F("total"))),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def title(self) -> str:
        """What the work is, in Vietnamese, as its kind was registered."""
        from portal.jobs.registry import kind_of

        return kind_of(self.kind).title

    def result_url(self) -> str:
        """Where to go when it is done; "" when the kind names no page."""
        from portal.jobs.registry import kind_of

        result = kind_of(self.kind).result
        return result(self) if result else ""
