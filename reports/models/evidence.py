"""What a report rests on: bound contents, confirmations, compiled reports, issued files.

None of these rows may be changed or removed, by any way into the database (migration 0002).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.units.columns import NfcField
from reports.models.catalogue import SIGNING_SIDES

PEOPLE = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class Snapshot(models.Model):
    """The content as canonical JSON bytes, and the trace of the rows or reports behind each figure."""

    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="snapshots", verbose_name="báo cáo"
    )
    schema = models.PositiveSmallIntegerField("phiên bản cấu trúc", default=1)
    content = models.BinaryField("nội dung")
    sha256 = models.CharField("mã SHA-256", max_length=64)
    trace = models.BinaryField("dấu vết số liệu")
    made_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản chốt nội dung"
        verbose_name_plural = "bản chốt nội dung"
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(name="snapshot_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self):
        return f"{self.report} · {self.sha256[:12]}"


class Confirmation(models.Model):
    """One side's confirmation of one content. Voided by any change after it, never removed."""

    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="confirmations", verbose_name="báo cáo"
    )
    side = models.CharField("bên", max_length=8, choices=SIGNING_SIDES)
    by = models.ForeignKey(**PEOPLE, verbose_name="người xác nhận")
    posting = models.ForeignKey(
        "accounts.Posting", models.PROTECT, related_name="+", verbose_name="với tư cách"
    )
    is_deputy = models.BooleanField("là cấp phó hoặc được ủy quyền", default=False)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="confirmations", verbose_name="bản chốt"
    )
    sha256 = models.CharField("mã SHA-256", max_length=64)
    confirmed_at = models.DateTimeField("xác nhận lúc", auto_now_add=True)
    voided_at = models.DateTimeField("hết giá trị lúc", null=True, blank=True)
    voided_by = models.ForeignKey(**PEOPLE, null=True, blank=True, verbose_name="do")
    void_reason = NfcField("lý do hết giá trị", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "xác nhận"
        verbose_name_plural = "xác nhận"
        ordering = ["report", "confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "side"],
                condition=Q(voided_at__isnull=True),
                name="confirmation_once_per_side",
            ),
            models.UniqueConstraint(
                fields=["report", "by"],
                condition=Q(voided_at__isnull=True),
                name="confirmation_once_per_person",
            ),
            models.CheckConstraint(
                name="confirmation_side", condition=Q(side__in=[side for side, _ in SIGNING_SIDES])
            ),
            models.CheckConstraint(
                name="confirmation_void_says_why",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_side_display()} · {self.by}"

    @property
    def is_live(self) -> bool:
        return self.voided_at is None


class Inclusion(models.Model):
    """A commune's report, in one accepted version, that a province's report adds up."""

    province_report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="inclusions", verbose_name="báo cáo cấp tỉnh"
    )
    commune_report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="included_in", verbose_name="báo cáo cấp xã"
    )

    class Meta:
        verbose_name = "báo cáo được tổng hợp"
        verbose_name_plural = "báo cáo được tổng hợp"
        ordering = ["province_report", "commune_report__unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["province_report", "commune_report"], name="inclusion_once"),
            models.CheckConstraint(
                name="inclusion_of_another", condition=~Q(province_report=F("commune_report"))
            ),
        ]

    def __str__(self):
        return str(self.commune_report)


class IssuedFile(models.Model):
    """A file made from a snapshot, kept byte for byte."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"

    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="issued_files", verbose_name="báo cáo"
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="issued_files", verbose_name="bản chốt"
    )
    format = models.CharField("định dạng", max_length=4, choices=Format)
    file = models.BinaryField("tệp")
    sha256 = models.CharField("mã SHA-256", max_length=64)
    made_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tệp đã xuất"
        verbose_name_plural = "tệp đã xuất"
        ordering = ["report", "format", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "format"], name="issued_file_once"),
            models.CheckConstraint(
                name="issued_file_format", condition=Q(format__in=["pdf", "docx", "xlsx"])
            ),
            models.CheckConstraint(name="issued_file_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self):
        return f"{self.report} ({self.get_format_display()})"
