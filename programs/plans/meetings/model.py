"""Meetings about programmes: deployment, interim and final review, in person or online with points."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.units.columns import NfcField
from programs.activities.columns import NfcTextField
from programs.activities.firm import tracked
from programs.coordination.models import CoordinationProgram
from programs.plans.base import Removable, known, named
from programs.plans.querysets import MeetingQuerySet

MOST_ATTENDING, MOST_POINTS = 100_000, 5_000


class MeetingKind(models.TextChoices):
    DEPLOYMENT = "deployment", "Hội nghị triển khai"
    INTERIM = "interim", "Hội nghị sơ kết"
    FINAL = "final", "Hội nghị tổng kết"
    OTHER = "other", "Hội nghị, cuộc họp khác"


class Mode(models.TextChoices):
    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    BOTH = "both", "Trực tiếp kết hợp trực tuyến"


@tracked("MeetingEvent", "lịch sử hội nghị")
class Meeting(Removable):
    """One meeting of a unit, about one or several programmes. Chairs by their office, not by name."""

    day_field = "held_on"

    kind = models.CharField("loại hội nghị", max_length=10, choices=MeetingKind)
    mode = models.CharField("hình thức", max_length=9, choices=Mode, default=Mode.IN_PERSON)
    title = NfcField("tên hội nghị", max_length=300)
    held_on = models.DateField("ngày tổ chức")
    place = NfcField("địa điểm", max_length=200, blank=True, default="")
    chairs = NfcTextField(
        "chủ trì",
        max_length=1000,
        help_text="Mỗi chức danh, cơ quan một dòng, ví dụ: Giám đốc Công an tỉnh. Không ghi họ tên.",
    )
    points = NfcTextField(
        "các điểm cầu", max_length=4000, blank=True, default="", help_text="Mỗi điểm cầu một dòng."
    )
    point_count = models.PositiveIntegerField("số điểm cầu", null=True, blank=True)
    attending = models.PositiveIntegerField("số đại biểu", null=True, blank=True)
    outcome = NfcTextField("nội dung, kết luận", max_length=5000, blank=True, default="")
    source = NfcField("nguồn", max_length=300, blank=True, default="")
    programmes = models.ManyToManyField(
        CoordinationProgram, through="MeetingProgramme", related_name="+", verbose_name="chương trình"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta(Removable.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "hội nghị"
        ordering = ["-held_on", "-pk"]
        constraints = [
            *Removable.Meta.constraints,
            known("meeting_kind", "kind", MeetingKind),
            known("meeting_mode", "mode", Mode),
            named("meeting_named", "title", "chairs"),
            models.CheckConstraint(
                name="meeting_points_only_online",
                condition=~Q(mode="in_person") | Q(points="", point_count=None),
                violation_error_message="Chỉ ghi điểm cầu khi hội nghị tổ chức trực tuyến.",
            ),
            models.CheckConstraint(
                name="meeting_bounds",
                condition=(Q(attending=None) | Q(attending__lte=MOST_ATTENDING))
                & (Q(point_count=None) | Q(point_count__gte=1, point_count__lte=MOST_POINTS)),
                violation_error_message="Số đại biểu tối đa 100.000, số điểm cầu từ 1 đến 5.000.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:meeting", args=[self.pk])

    @property
    def chair_lines(self) -> list[str]:
        return self.chairs.splitlines()

    @property
    def point_lines(self) -> list[str]:
        return self.points.splitlines()


@tracked("MeetingProgrammeEvent", "lịch sử chương trình của hội nghị")
class MeetingProgramme(models.Model):
    """A programme that a meeting was about."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="links", verbose_name="hội nghị")
    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="+", verbose_name="chương trình"
    )

    class Meta:
        verbose_name = verbose_name_plural = "chương trình của hội nghị"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "programme"], name="meeting_programme_once")
        ]

    def __str__(self):
        return f"{self.meeting_id}: {self.programme_id}"
