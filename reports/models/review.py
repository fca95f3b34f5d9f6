"""What is asked about a report, and what happened to it."""

from django.db import models
from django.db.models import Q

from portal.units.columns import NfcField
from reports.models.evidence import PEOPLE, Snapshot


class ReviewNote(models.Model):
    """Why a report was sent back, pinned to one line or one section of what was sent."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="notes", verbose_name="báo cáo")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="notes", verbose_name="bản đã gửi")
    line = models.CharField("chỉ tiêu", max_length=60, blank=True, default="")
    section = models.ForeignKey(
        "reports.ReportSection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="mục",
    )
    reason = NfcField("nội dung yêu cầu", max_length=2000)
    by = models.ForeignKey(**PEOPLE, verbose_name="người yêu cầu")
    at = models.DateTimeField("lúc", auto_now_add=True)
    answer = NfcField("trả lời", max_length=2000, blank=True, default="")
    answered_by = models.ForeignKey(**PEOPLE, null=True, blank=True, verbose_name="người trả lời")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    resolved_at = models.DateTimeField("giải quyết xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung, chỉnh sửa"
        verbose_name_plural = "yêu cầu bổ sung, chỉnh sửa"
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                name="note_pinned_to_one_place",
                condition=Q(section__isnull=True, line__gt="") | Q(section__isnull=False, line=""),
            ),
            models.CheckConstraint(name="note_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="note_answered_by_someone",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self):
        return self.reason

    @property
    def target(self) -> str:
        """The line's indicator or the section's key, as `return_report` took it."""
        return self.line or self.section.key

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class ReportEvent(models.Model):
    """What happened to a report, by whom, when. Written only."""

    class Verb(models.TextChoices):
        OPENED = "opened", "Mở kỳ, lập dự thảo"
        COMPILED = "compiled", "Tổng hợp từ báo cáo của các xã, phường, đặc khu"
        EDITED = "edited", "Sửa nội dung"
        CONFIRMED = "confirmed", "Xác nhận số liệu"
        REFUSED = "refused", "Xác nhận không thành: sai mật khẩu"
        VOIDED = "voided", "Xác nhận hết giá trị"
        SENT = "sent", "Gửi báo cáo"
        RECALLED = "recalled", "Thu hồi để sửa"
        READ = "read", "Cấp tỉnh mở xem"
        RETURNED = "returned", "Yêu cầu bổ sung, chỉnh sửa"
        ANSWERED = "answered", "Trả lời yêu cầu"
        ACCEPTED = "accepted", "Tiếp nhận"
        FROZEN = "frozen", "Chốt số liệu"
        SUPERSEDED = "superseded", "Lập báo cáo điều chỉnh, bổ sung"
        ISSUED = "issued", "Xuất tệp"

    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="events", verbose_name="báo cáo"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(**PEOPLE, null=True, blank=True, verbose_name="người thực hiện")
    verb = models.CharField("việc", max_length=12, choices=Verb)
    detail = NfcField("chi tiết", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "diễn biến"
        verbose_name_plural = "diễn biến"
        ordering = ["report", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_verb_known",
                condition=Q(
                    verb__in=[
                        "opened",
                        "compiled",
                        "edited",
                        "confirmed",
                        "refused",
                        "voided",
                        "sent",
                        "recalled",
                        "read",
                        "returned",
                        "answered",
                        "accepted",
                        "frozen",
                        "superseded",
                        "issued",
                    ]
                ),
            )
        ]

    def __str__(self):
        return self.get_verb_display()
