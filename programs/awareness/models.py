"""Awareness sessions (buổi tuyên truyền), one by one or several of one half month entered together."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from programs.activities.declaring import keeps_history, slot
from programs.activities.models import LoggedActivity
from programs.activities.registry import Kind, Measure, register
from programs.activities.slots import FIRST_DAY, slot_of
from programs.awareness.choices import Topic

ONE_SLOT_ONLY = "Nhập gộp chỉ trong một nửa tháng: từ ngày 1 đến 14 hoặc từ ngày 15 đến cuối tháng."


class SessionForm(models.TextChoices):
    GATHERING = "gathering", "Tập trung"
    DISCUSSION = "discussion", "Tọa đàm"
    LOUDSPEAKER = "loudspeaker", "Truyền thanh"
    HOUSEHOLD = "household", "Đến từng hộ"
    ONLINE = "online", "Trực tuyến"


class Audience(models.TextChoices):
    RESIDENTS = "residents", "Nhân dân"
    YOUTH = "youth", "Thanh niên, học sinh"
    WOMEN = "women", "Phụ nữ"
    WORKERS = "workers", "Công nhân, người lao động"
    OFFICIALS = "officials", "Cán bộ, đảng viên"
    FAITHFUL = "faithful", "Người dân tại cơ sở tôn giáo"
    OTHER = "other", "Đối tượng khác"


@keeps_history("buổi tuyên truyền")
class AwarenessSession(LoggedActivity):
    """One session, or `session_count` sessions held from held_on to held_to inside one half month.

    `attendances` are lượt người over all of them, null when nobody counted; `valuable_tips` likewise.
    """

    held_on = models.DateField("ngày tổ chức")
    held_to = models.DateField(
        "đến ngày", null=True, blank=True, help_text="Chỉ khi nhập gộp nhiều buổi trong cùng nửa tháng."
    )
    session_count = models.IntegerField("số buổi", default=1, db_default=1)
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic), verbose_name="chủ đề", default=list, blank=True
    )
    form = models.CharField("hình thức", max_length=12, choices=SessionForm)
    audience = models.CharField(
        "đối tượng", max_length=12, choices=Audience, blank=True, default="", db_default=""
    )
    attendances = models.IntegerField(
        "lượt người tham dự", null=True, blank=True, help_text="Để trống nếu không thống kê được."
    )
    valuable_tips = models.IntegerField("nguồn tin có giá trị thu được", null=True, blank=True)

    class Meta(LoggedActivity.Meta):
        abstract = False
        verbose_name = "buổi tuyên truyền"
        verbose_name_plural = "buổi tuyên truyền"
        indexes = [models.Index(fields=["unit", "held_on"], name="session_unit_day")]
        constraints = [
            *LoggedActivity.Meta.constraints,
            models.CheckConstraint(
                name="session_since_2000",
                condition=Q(held_on__gte=FIRST_DAY),
                violation_error_message="Ngày tổ chức không được trước năm 2000.",
            ),
            models.CheckConstraint(
                name="session_days_in_order",
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_on")),
                violation_error_message="“Đến ngày” không được trước ngày tổ chức.",
            ),
            models.CheckConstraint(
                name="session_inside_one_slot",
                condition=Q(held_to__isnull=True)
                | Q(held_to__isnull=False, held_on__isnull=False)
                & models.lookups.Exact(slot("held_on"), slot("held_to")),
                violation_error_message=ONE_SLOT_ONLY,
            ),
            models.CheckConstraint(
                name="session_count_bounds",
                condition=Q(session_count__gte=1, session_count__lte=1000),
                violation_error_message="Số buổi phải từ 1 đến 1.000.",
            ),
            models.CheckConstraint(
                name="session_attendances_bounds",
                condition=Q(attendances__isnull=True) | Q(attendances__gte=0, attendances__lte=10_000_000),
                violation_error_message="Lượt người tham dự phải từ 0 đến 10.000.000.",
            ),
            models.CheckConstraint(
                name="session_tips_bounds",
                condition=Q(valuable_tips__isnull=True) | Q(valuable_tips__gte=0, valuable_tips__lte=100_000),
                violation_error_message="Số nguồn tin phải từ 0 đến 100.000.",
            ),
            models.CheckConstraint(
                name="session_topics_known", condition=Q(topics__contained_by=Topic.values)
            ),
            models.CheckConstraint(name="session_form_known", condition=Q(form__in=SessionForm.values)),
            models.CheckConstraint(
                name="session_audience_known", condition=Q(audience__in=["", *Audience.values])
            ),
        ]

    @property
    def is_grouped(self) -> bool:
        """Several sessions entered as one record."""
        return self.session_count > 1 or self.held_to is not None

    def clean(self):
        super().clean()
        if self.held_on and self.held_to and slot_of(self.held_on) != slot_of(self.held_to):
            raise ValidationError({"held_to": ONE_SLOT_ONLY})


SESSIONS = register(
    Kind(
        slug="tuyen-truyen",
        model=AwarenessSession,
        form="programs.awareness.forms.AwarenessSessionForm",
        name="buổi tuyên truyền",
        plural="Tuyên truyền",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("session_count", "form", "attendances", "valuable_tips"),
        measures=(
            Measure("sessions", on="held_on", amount="session_count"),
            Measure("session_attendances", on="held_on", amount="attendances"),
            Measure("session_tips", on="held_on", amount="valuable_tips"),
        ),
    )
)

# The other kinds of this slice, each in a folder of its own; Django finds models here.
from programs.awareness.media.model import MediaOutput  # noqa: E402, F401
