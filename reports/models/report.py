"""A report of one unit for one period, and its remarks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.units.columns import NfcField
from reports.calendar import Period
from reports.models.catalogue import CalendarKind, PeriodKind, ReportLevel
from reports.querysets import ReportQuerySet

SECTIONS = {
    "situation": "Đặc điểm tình hình",
    "leadership": "Công tác lãnh đạo, chỉ đạo, tham mưu",
    "results": "Kết quả thực hiện",
    "assessment": "Đánh giá chung",
    "plan": "Phương hướng, nhiệm vụ thời gian tới",
    "proposals": "Kiến nghị, đề xuất",
}


class State(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    AWAITING = "awaiting", "Chờ xác nhận"
    SENT = "sent", "Đã gửi cấp tỉnh"
    RETURNED = "returned", "Yêu cầu bổ sung, chỉnh sửa"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    FROZEN = "frozen", "Đã chốt số liệu"


EDITABLE = (State.DRAFT, State.RETURNED)
BOUND = (State.AWAITING, State.SENT, State.ACCEPTED, State.FROZEN)


class Report(models.Model):
    """Figures are live until the first confirmation; from then on they are those of `snapshot`.

    The moves between states, and what may change in which, are held by a trigger (migration 0002).
    """

    report_type = models.ForeignKey(
        "reports.ReportType", models.PROTECT, related_name="reports", verbose_name="loại báo cáo"
    )
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="reports", verbose_name="đơn vị")
    programme = models.ForeignKey(
        "coordination.CoordinationProgram",
        models.PROTECT,
        related_name="reports",
        verbose_name="chương trình phối hợp",
    )
    period_kind = models.CharField("loại kỳ", max_length=8, choices=PeriodKind)
    calendar = models.CharField("lịch báo cáo", max_length=8, choices=CalendarKind)
    period_start = models.DateField("số liệu từ ngày")
    period_end = models.DateField("đến ngày")
    version = models.PositiveSmallIntegerField("lần lập", default=1)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name="thay bản trước",
    )
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.DRAFT)
    snapshot = models.OneToOneField(
        "reports.Snapshot", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản chốt"
    )
    due_on = models.DateField("hạn nộp")
    built_at = models.DateTimeField("lập lúc", default=timezone.now)
    first_sent_at = models.DateTimeField("gửi lần đầu lúc", null=True, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    opened_at = models.DateTimeField("cấp tỉnh mở lúc", null=True, blank=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    frozen_at = models.DateTimeField("chốt lúc", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-period_end", "unit__sort_key", "-version"]
        indexes = [
            models.Index(
                fields=["programme", "report_type", "period_end", "period_start"], name="report_of_period"
            ),
            models.Index(fields=["unit", "-period_end"], name="report_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "report_type",
                    "unit",
                    "programme",
                    "period_kind",
                    "calendar",
                    "period_start",
                    "period_end",
                    "version",
                ],
                name="report_once",
            ),
            models.CheckConstraint(
                name="report_period_in_order", condition=Q(period_end__gte=F("period_start"))
            ),
            models.CheckConstraint(name="report_due_after_cutoff", condition=Q(due_on__gt=F("period_end"))),
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="report_version_supersedes",
                condition=Q(version=1, supersedes__isnull=True) | Q(version__gt=1, supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="report_bound_from_first_confirmation",
                condition=Q(state__in=BOUND, snapshot__isnull=False)
                | Q(state__in=EDITABLE, snapshot__isnull=True),
            ),
            models.CheckConstraint(
                name="report_sent_has_time",
                condition=~Q(state__in=["sent", "accepted"])
                | Q(sent_at__isnull=False, first_sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_opened_after_sent",
                condition=Q(opened_at__isnull=True) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_accepted_has_time",
                condition=Q(state="accepted", accepted_at__isnull=False)
                | Q(state="frozen")
                | Q(state__in=["draft", "awaiting", "sent", "returned"], accepted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="report_frozen_has_time",
                condition=Q(state="frozen", frozen_at__isnull=False)
                | (~Q(state="frozen") & Q(frozen_at__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"Báo cáo {self.period.label} của {self.unit.full_name}"

    @property
    def period(self) -> Period:
        return Period(self.period_kind, self.calendar, self.period_start, self.period_end)

    @property
    def is_province(self) -> bool:
        return self.report_type.level == ReportLevel.PROVINCE

    @property
    def is_editable(self) -> bool:
        """Remarks may be changed; in `awaiting` too, but then the confirmations are voided."""
        return self.state in (*EDITABLE, State.AWAITING)

    @property
    def figures_stand(self) -> bool:
        """The province has accepted (commune) or both sides have confirmed (province)."""
        return self.state in (State.ACCEPTED, State.FROZEN)

    def is_late(self, today=None) -> bool:
        """Sent after the deadline, or not sent although it has passed. Asked only of communes' reports."""
        if self.first_sent_at:
            return timezone.localdate(self.first_sent_at) > self.due_on
        return (today or timezone.localdate()) > self.due_on

    def live_confirmations(self):
        return self.confirmations.filter(voided_at__isnull=True)

    def missing_sides(self) -> list[str]:
        """The sides that the type names and that have not confirmed, in the type's order."""
        given = {c.side for c in self.confirmations.all() if c.voided_at is None}
        return [side for side in self.report_type.confirming_sides if side not in given]


class ReportSection(models.Model):
    """One part of the remarks. What nobody has edited is drafted anew from the live figures."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections", verbose_name="báo cáo")
    key = models.CharField("mục", max_length=20, choices=list(SECTIONS.items()))
    place = models.PositiveSmallIntegerField("thứ tự")
    title = NfcField("tiêu đề", max_length=120)
    text = NfcField("nội dung", max_length=20000, blank=True, default="")
    drafted_text = NfcField("nội dung máy soạn", max_length=20000, blank=True, default="", editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người sửa",
    )
    edited_at = models.DateTimeField("sửa lúc", null=True, blank=True)
    revision = models.PositiveIntegerField("lần sửa", default=0)

    class Meta:
        verbose_name = "mục nhận xét"
        verbose_name_plural = "mục nhận xét"
        ordering = ["report", "place"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="section_once"),
            models.CheckConstraint(name="section_known", condition=Q(key__in=list(SECTIONS))),
            models.CheckConstraint(
                name="section_edited_by_someone",
                condition=Q(edited_at__isnull=True, edited_by__isnull=True)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_edited(self) -> bool:
        return self.edited_at is not None
