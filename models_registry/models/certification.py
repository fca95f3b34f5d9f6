"""Certification "An toàn về an ninh, trật tự" (Thông tư 124/2021/TT-BCA, amended 48/2025), year by year."""

from datetime import date, timedelta

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from models_registry.models.base import Written, refusal
from models_registry.models.catalogue import GradeLevel
from models_registry.querysets import CertificationQuerySet, RuleQuerySet, UnitQuerySet
from portal.ui.numbers import number
from portal.units.columns import NfcField, SearchKeyField
from portal.units.validity import Dated, in_order, no_overlap
from programs.activities.columns import NfcTextField
from programs.activities.firm import FirmTrigger, tracked


class SubjectKind(models.TextChoices):
    AREA = "area", "Khu dân cư"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    AGENCY = "agency", "Cơ quan"
    FIRM = "firm", "Doanh nghiệp"
    SCHOOL = "school", "Nhà trường"


# What a denominator leaves out (domain: Thông tư 124/2021/TT-BCA).
LEFT_OUT = {
    SubjectKind.AGENCY: "Không tính các đơn vị lực lượng vũ trang.",
    SubjectKind.FIRM: "Không tính doanh nghiệp nhỏ và siêu nhỏ.",
    SubjectKind.SCHOOL: "Không tính trường mầm non và tiểu học.",
}
YEAR = Q(year__gte=2000, year__lte=2100)


@tracked("CertificationRuleEvent", "lịch sử quy định xét")
class CertificationRule(Dated, models.Model):
    """Window and criteria for one kind of subject, for the certification years from one to another.

    The window of a year begins in the year before: 1/11–31/10 for areas, 16/11–15/11 for the rest.
    """

    kind = models.CharField("đối tượng", max_length=7, choices=SubjectKind)
    start_day = models.PositiveSmallIntegerField(
        "từ ngày", validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    start_month = models.PositiveSmallIntegerField(
        "từ tháng (năm trước)", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    criteria = NfcTextField("tiêu chí", max_length=5000, help_text="Mỗi tiêu chí một dòng.")
    basis = NfcField("căn cứ", max_length=300)
    valid_from = models.DateField(
        "áp dụng từ ngày", help_text="Năm xét theo quy định đang áp dụng vào ngày 01/01 của năm đó."
    )
    valid_to = models.DateField("đến hết ngày", null=True, blank=True, help_text="Trống: đang áp dụng.")

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định xét “An toàn về an ninh, trật tự”"
        verbose_name_plural = "quy định xét “An toàn về an ninh, trật tự”"
        ordering = ["kind", "-valid_from"]
        constraints = [
            no_overlap("certification_rule_one_a_day", "kind"),
            in_order("certification_rule_in_order"),
            models.CheckConstraint(name="certification_rule_kind", condition=Q(kind__in=SubjectKind.values)),
            models.CheckConstraint(
                name="certification_rule_day",
                condition=Q(start_day__gte=1, start_day__lte=28, start_month__gte=1, start_month__lte=12),
                violation_error_message="Ngày từ 1 đến 28, tháng từ 1 đến 12.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} (từ {self.valid_from:%d/%m/%Y})"

    @property
    def criteria_list(self) -> list[str]:
        """The criteria, one by one."""
        return [line.strip() for line in self.criteria.splitlines() if line.strip()]

    def window(self, year: int) -> tuple[date, date]:
        """First and last day (inclusive) of the certification year."""
        start = date(year - 1, self.start_month, self.start_day)
        return start, start.replace(year=year) - timedelta(days=1)


class Result(models.TextChoices):
    PENDING = "pending", "Chưa có kết quả"
    MET = "met", "Đạt"
    NOT_MET = "not_met", "Không đạt"


class SelfAssessment(models.TextChoices):
    MET = "met", "Tự đánh giá đạt"
    NOT_MET = "not_met", "Tự đánh giá chưa đạt"


AREA_IN_COMMUNE = (
    refusal(
        "certification_area_of_the_commune",
        "The residential area belongs to another commune",
        unless="""NEW.area_id IS NULL OR EXISTS (
            SELECT FROM units_residentialarea a JOIN units_adminunit au ON au.id = a.unit_id
            JOIN units_adminunit u ON u.id = NEW.unit_id
            WHERE a.id = NEW.area_id AND au.today_unit_id = u.today_unit_id)""",
    )
    + """
    IF TG_OP = 'UPDATE' THEN NEW.revision := OLD.revision + 1; END IF;
    RETURN NEW;
    """
)


@tracked("SafetyCertificationEvent", "lịch sử chứng nhận")
class SafetyCertification(Written):
    """One subject in one year: registered, assessed by itself, recognised or not by a numbered decision."""

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("đối tượng", max_length=7, choices=SubjectKind)
    area = models.ForeignKey(
        "units.ResidentialArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="khu dân cư",
    )
    subject_name = NfcField("tên cơ quan, doanh nghiệp, nhà trường", max_length=200, blank=True, default="")
    year = models.PositiveSmallIntegerField("năm")
    registered_on = models.DateField("ngày đăng ký")
    assessed_on = models.DateField("ngày tự đánh giá", null=True, blank=True)
    self_assessment = models.CharField(
        "tự đánh giá", max_length=7, choices=SelfAssessment, blank=True, default=""
    )
    result = models.CharField("kết quả", max_length=7, choices=Result, default=Result.PENDING)
    grade = models.ForeignKey(
        GradeLevel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="xếp loại",
        limit_choices_to={"scheme": "certification", "is_used": True},
    )
    decision_number = NfcField("số quyết định", max_length=60, blank=True, default="")
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    revision = models.PositiveIntegerField("lần sửa", default=1, db_default=1, editable=False)
    subject_key = SearchKeyField("khóa tên", of="subject_name")

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "xét “An toàn về an ninh, trật tự”"
        verbose_name_plural = "xét “An toàn về an ninh, trật tự”"
        default_permissions = ()
        ordering = ["-year", "kind", "subject_name", "pk"]
        triggers = [
            FirmTrigger(
                name="certification_placed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=AREA_IN_COMMUNE,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "area", "subject_key"],
                name="certification_once_a_year",
                nulls_distinct=False,
                violation_error_message="Đối tượng này đã đăng ký trong năm.",
            ),
            models.CheckConstraint(name="certification_kind", condition=Q(kind__in=SubjectKind.values)),
            models.CheckConstraint(name="certification_year", condition=YEAR),
            models.CheckConstraint(
                name="certification_names_its_subject",
                condition=Q(kind="area", area__isnull=False, subject_name="")
                | Q(kind="commune", area=None, subject_name="")
                | (Q(kind__in=["agency", "firm", "school"], area=None) & ~Q(subject_name="")),
                violation_error_message="Khu dân cư: chọn trong danh sách; cơ quan, doanh nghiệp…: ghi tên.",
            ),
            models.CheckConstraint(
                name="certification_assessed_on_a_day",
                condition=Q(assessed_on=None, self_assessment="")
                | (
                    Q(assessed_on__isnull=False, self_assessment__in=SelfAssessment.values)
                    & Q(assessed_on__gte=F("registered_on"))
                ),
                violation_error_message="Tự đánh giá phải có cả kết quả và ngày, không trước ngày đăng ký.",
            ),
            models.CheckConstraint(
                name="certification_result_after_assessment",
                condition=Q(result=Result.PENDING, decision_number="", decided_on=None, grade=None)
                | Q(result=Result.NOT_MET, assessed_on__isnull=False, grade=None)
                | (
                    Q(result=Result.MET, assessed_on__isnull=False, decided_on__gte=F("assessed_on"))
                    & ~Q(decision_number="")
                ),
                violation_error_message="Kết quả có sau tự đánh giá; “Đạt” phải có số và ngày quyết định.",
            ),
        ]

    def __str__(self):
        return f"{self.subject} ({self.year})"

    @property
    def subject(self) -> str:
        """The area's name, the name that was typed, or the commune itself."""
        return self.area.full_name if self.area_id else self.subject_name or self.unit.full_name


@tracked("CriterionAnswerEvent", "lịch sử tự đánh giá tiêu chí")
class CriterionAnswer(models.Model):
    """One criterion, worded as when it was assessed, and whether the subject holds to meet it."""

    certification = models.ForeignKey(
        SafetyCertification, models.PROTECT, related_name="answers", verbose_name="đối tượng"
    )
    place = models.PositiveSmallIntegerField("thứ tự")
    criterion = NfcField("tiêu chí", max_length=1000)
    is_met = models.BooleanField("tự đánh giá đạt")

    class Meta:
        verbose_name = "tự đánh giá theo tiêu chí"
        verbose_name_plural = "tự đánh giá theo tiêu chí"
        default_permissions = ()
        ordering = ["certification", "place"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "place"], name="criterion_answered_once"),
            models.CheckConstraint(name="criterion_is_worded", condition=~Q(criterion="")),
        ]

    def __str__(self):
        return f"{self.place}. {self.criterion}"


@tracked("CertificationBaseEvent", "lịch sử số đối tượng xét")
class CertificationBase(Written):
    """How many subjects of a kind a commune has in a year, and how many of them the rules leave out."""

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("đối tượng", max_length=7, choices=SubjectKind)
    year = models.PositiveSmallIntegerField("năm")
    total = models.PositiveIntegerField("tổng số")
    left_out = models.PositiveIntegerField("trong đó không thuộc diện xét", default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "số đối tượng thuộc diện xét"
        verbose_name_plural = "số đối tượng thuộc diện xét"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year"],
                name="certification_base_once",
                violation_error_message="Đã có số của đối tượng này trong năm.",
            ),
            models.CheckConstraint(name="certification_base_kind", condition=Q(kind__in=SubjectKind.values)),
            models.CheckConstraint(name="certification_base_year", condition=YEAR),
            models.CheckConstraint(
                name="certification_base_left_out",
                condition=Q(left_out__lte=F("total")),
                violation_error_message="Số không thuộc diện xét không được quá tổng số.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}: {self.total}"

    @property
    def words(self) -> str:
        """ "Nhà trường: tổng số 12, không thuộc diện xét 3"."""
        all_, without = number(self.total), number(self.left_out)
        return f"{self.get_kind_display()}: tổng số {all_}, không thuộc diện xét {without}"


@tracked("MovementGradingEvent", "lịch sử phân loại phong trào")
class MovementGrading(Written):
    """The yearly grading of a commune's movement: another scheme, beside certification."""

    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    grade = models.ForeignKey(
        GradeLevel,
        models.PROTECT,
        related_name="+",
        verbose_name="phân loại phong trào",
        limit_choices_to={"scheme": "movement", "is_used": True},
    )
    decision_number = NfcField("số văn bản", max_length=60, blank=True, default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "phân loại phong trào"
        verbose_name_plural = "phân loại phong trào"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="movement_graded_once_a_year",
                violation_error_message="Năm này đã phân loại.",
            ),
            models.CheckConstraint(name="movement_grading_year", condition=YEAR),
        ]

    def __str__(self):
        return f"{self.year}: {self.grade}"
