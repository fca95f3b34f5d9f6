"""Which reports exist, who owes them, when they are due: data that admins change, not code."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.accounts.models import Side
from portal.units.columns import NfcField
from reports.querysets import ObligationQuerySet

SIGNING_SIDES = [(side.value, side.label) for side in (Side.POLICE, Side.FRONT)]


class ReportLevel(models.TextChoices):
    COMMUNE = "commune", "Cấp xã"
    PROVINCE = "province", "Cấp tỉnh"


class PeriodKind(models.TextChoices):
    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF = "half", "6 tháng"
    NINE = "nine", "9 tháng"
    N_MONTHS = "n_months", "N tháng đầu năm"
    YEAR = "year", "Năm"
    STAGE = "stage", "Giai đoạn"
    CUSTOM = "custom", "Từ ngày đến ngày"


class CalendarKind(models.TextChoices):
    DECREE = "decree", "Kỳ từ ngày 15 tháng trước đến ngày 14 (Nghị định 09/2019/NĐ-CP, Điều 12)"
    PLAIN = "plain", "Kỳ từ ngày đầu đến ngày cuối tháng dương lịch"


def sides_field(name: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=8, choices=SIGNING_SIDES), verbose_name=name, size=2)


def signing_sides(field: str) -> models.CheckConstraint:
    """One or both of police and Front, nobody else, at least one."""
    allowed = [side for side, _ in SIGNING_SIDES]
    return models.CheckConstraint(
        name=f"report_type_{field}",
        condition=Q(**{f"{field}__contained_by": allowed}) & ~Q(**{f"{field}__len": 0}),
        violation_error_message="Chọn bên Công an, bên Mặt trận hoặc cả hai.",
    )


class ReportType(models.Model):
    """A kind of report: who issues it, which sides confirm, what it compiles."""

    slug = models.SlugField("mã", max_length=40, unique=True)
    name = NfcField("tên báo cáo", max_length=120)
    level = models.CharField("cấp lập", max_length=8, choices=ReportLevel)
    period_kind = models.CharField("loại kỳ", max_length=8, choices=PeriodKind)
    confirming_sides = sides_field("bên xác nhận")
    issuing_sides = sides_field("bên ban hành")
    compiles = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="compiled_by",
        verbose_name="tổng hợp từ",
        help_text="Báo cáo cấp tỉnh tổng hợp từ báo cáo nào của cấp xã.",
    )

    class Meta:
        verbose_name = "loại báo cáo"
        verbose_name_plural = "loại báo cáo"
        ordering = ["level", "pk"]
        constraints = [
            signing_sides("confirming_sides"),
            signing_sides("issuing_sides"),
            models.CheckConstraint(name="report_type_level", condition=Q(level__in=ReportLevel.values)),
            models.CheckConstraint(name="report_type_kind", condition=Q(period_kind__in=PeriodKind.values)),
            models.CheckConstraint(
                name="report_type_province_compiles",
                condition=Q(level="province", compiles__isnull=False)
                | Q(level="commune", compiles__isnull=True),
                violation_error_message="Báo cáo cấp tỉnh phải tổng hợp từ một loại báo cáo của cấp xã.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """What is compiled is a commune report of the same kind of period."""
        source = self.compiles
        if source and (source.level != ReportLevel.COMMUNE or source.period_kind != self.period_kind):
            raise ValidationError({"compiles": "Chọn loại báo cáo của cấp xã có cùng loại kỳ."})


class ReportingObligation(models.Model):
    """Under a programme, every unit of the type's level owes this report for each period of the calendar."""

    programme = models.ForeignKey(
        "coordination.CoordinationProgram",
        models.PROTECT,
        related_name="obligations",
        verbose_name="chương trình phối hợp",
    )
    report_type = models.ForeignKey(
        ReportType, models.PROTECT, related_name="obligations", verbose_name="loại báo cáo"
    )
    calendar = models.CharField(
        "lịch báo cáo", max_length=8, choices=CalendarKind, default=CalendarKind.DECREE
    )
    working_days = models.PositiveSmallIntegerField(
        "hạn nộp (số ngày làm việc sau ngày chốt)",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Ít nhất một ngày làm việc sau ngày chốt số liệu.",
    )
    opens_by_itself = models.BooleanField(
        "tự mở khi hết kỳ", default=True, help_text="Bỏ chọn: chỉ lập khi cấp tỉnh yêu cầu."
    )
    covers_all = models.BooleanField(
        "mọi xã, phường, đặc khu đều phải nộp",
        default=True,
        help_text="Bỏ chọn: chỉ những đơn vị đã được giao lập báo cáo.",
    )
    starts_on = models.DateField("áp dụng cho các kỳ kết thúc từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "chế độ báo cáo"
        verbose_name_plural = "chế độ báo cáo"
        ordering = ["programme", "report_type__level", "report_type", "calendar"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "report_type"],
                name="obligation_once",
                violation_error_message="Chương trình đã có chế độ báo cáo này.",
            ),
            models.CheckConstraint(
                name="obligation_deadline",
                condition=Q(working_days__gte=1, working_days__lte=60),
                violation_error_message="Hạn nộp từ 1 đến 60 ngày làm việc.",
            ),
            models.CheckConstraint(name="obligation_calendar", condition=Q(calendar__in=CalendarKind.values)),
            models.CheckConstraint(
                name="obligation_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"{self.report_type} ({self.programme})"

    def compiled(self) -> "ReportingObligation | None":
        """The province's obligation that compiles this one (itself if it is the province's)."""
        if self.report_type.level == ReportLevel.PROVINCE:
            return self
        return self._same_programme(report_type__compiles=self.report_type_id)

    def source(self) -> "ReportingObligation | None":
        """The communes' obligation that this one compiles (itself if it is the communes')."""
        if self.report_type.level == ReportLevel.COMMUNE:
            return self
        return self._same_programme(report_type=self.report_type.compiles_id)

    def _same_programme(self, **lookup):
        same = ReportingObligation.objects.filter(programme=self.programme_id, calendar=self.calendar)
        return same.select_related("report_type", "programme").filter(**lookup).first()


class PublicHoliday(models.Model):
    """A dated day off for public offices, or a weekend day worked instead of one (hoán đổi)."""

    day = models.DateField("ngày", unique=True)
    name = NfcField("tên", max_length=120)
    is_worked = models.BooleanField("là ngày làm việc bù", default=False)
    source = NfcField("căn cứ", max_length=200)

    class Meta:
        verbose_name = "ngày nghỉ lễ, làm bù"
        verbose_name_plural = "ngày nghỉ lễ, làm bù"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"
