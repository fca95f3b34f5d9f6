"""Mediation at the grass roots: conflicts received, and what became of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from programs.activities.declaring import keeps_history
from programs.activities.models import LoggedActivity
from programs.activities.registry import Kind, Measure, register
from programs.activities.slots import FIRST_DAY


class DisputeKind(models.TextChoices):
    FAMILY = "family", "Hôn nhân, gia đình"
    NEIGHBOURS = "neighbours", "Mâu thuẫn xóm giềng"
    LAND = "land", "Đất đai, ranh giới"
    CIVIL = "civil", "Dân sự, vay nợ"
    LABOUR = "labour", "Lao động"
    ENVIRONMENT = "environment", "Môi trường"
    OTHER = "other", "Khác"


class Outcome(models.TextChoices):
    PENDING = "pending", "Đang hòa giải"
    SUCCEEDED = "succeeded", "Hòa giải thành"
    FAILED = "failed", "Hòa giải không thành"
    TRANSFERRED = "transferred", "Chuyển cơ quan khác"


FINAL = (Outcome.SUCCEEDED, Outcome.FAILED, Outcome.TRANSFERRED)


class TeamMember(models.TextChoices):
    POLICE = "police", "Công an"
    FRONT = "front", "Mặt trận"
    MEDIATORS = "mediators", "Tổ hòa giải"
    SECURITY_TEAM = "security_team", "Tổ bảo vệ an ninh, trật tự"
    WOMEN = "women", "Hội Phụ nữ"
    YOUTH = "youth", "Đoàn Thanh niên"
    FARMERS = "farmers", "Hội Nông dân"
    VETERANS = "veterans", "Hội Cựu chiến binh"
    ELDERLY = "elderly", "Hội Người cao tuổi"
    JUSTICE = "justice", "Tư pháp"
    ELDERS = "elders", "Già làng, trưởng thôn, người có uy tín"
    OTHER = "other", "Khác"


@keeps_history("vụ hòa giải")
class Mediation(LoggedActivity):
    """One case, or `case_count` like cases received on one day and ended alike. No names of the parties.

    It counts as received on received_on and as concluded on concluded_on: a case of March settled in April
    changes April alone.
    """

    dispute_kind = models.CharField("loại mâu thuẫn", max_length=12, choices=DisputeKind)
    received_on = models.DateField("ngày tiếp nhận")
    concluded_on = models.DateField("ngày kết thúc", null=True, blank=True)
    outcome = models.CharField(
        "kết quả", max_length=12, choices=Outcome, default=Outcome.PENDING, db_default=Outcome.PENDING
    )
    team = ArrayField(
        models.CharField(max_length=14, choices=TeamMember),
        verbose_name="thành phần tổ hòa giải",
        default=list,
        blank=True,
    )
    case_count = models.IntegerField("số vụ", default=1, db_default=1)

    class Meta(LoggedActivity.Meta):
        abstract = False
        verbose_name = "vụ hòa giải"
        verbose_name_plural = "vụ hòa giải"
        indexes = [
            models.Index(fields=["unit", "received_on"], name="mediation_unit_received"),
            models.Index(
                fields=["unit", "concluded_on"],
                name="mediation_unit_concluded",
                condition=Q(concluded_on__isnull=False),
            ),
        ]
        constraints = [
            *LoggedActivity.Meta.constraints,
            models.CheckConstraint(
                name="mediation_since_2000",
                condition=Q(received_on__gte=FIRST_DAY),
                violation_error_message="Ngày tiếp nhận không được trước năm 2000.",
            ),
            models.CheckConstraint(
                name="mediation_days_in_order",
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("received_on")),
                violation_error_message="Ngày kết thúc không được trước ngày tiếp nhận.",
            ),
            models.CheckConstraint(
                name="mediation_concluded_iff_final",
                condition=Q(concluded_on__isnull=True, outcome=Outcome.PENDING)
                | Q(concluded_on__isnull=False, outcome__in=FINAL),
                violation_error_message="Vụ đã có kết quả phải có ngày kết thúc; vụ đang hòa giải thì không.",
            ),
            models.CheckConstraint(
                name="mediation_count_bounds",
                condition=Q(case_count__gte=1, case_count__lte=10_000),
                violation_error_message="Số vụ phải từ 1 đến 10.000.",
            ),
            models.CheckConstraint(
                name="mediation_dispute_known", condition=Q(dispute_kind__in=DisputeKind.values)
            ),
            models.CheckConstraint(
                name="mediation_team_known", condition=Q(team__contained_by=TeamMember.values)
            ),
        ]

    @property
    def is_final(self) -> bool:
        return self.outcome in FINAL


def _ended(slug: str, outcome: Outcome) -> Measure:
    return Measure(slug, on="concluded_on", amount="case_count", where=f"outcome = '{outcome}'")


MEDIATIONS = register(
    Kind(
        slug="hoa-giai",
        model=Mediation,
        form="programs.grassroots.forms.MediationForm",
        name="vụ hòa giải",
        plural="Hòa giải ở cơ sở",
        date_field="received_on",
        dates=("received_on", "concluded_on"),
        list_columns=("case_count", "dispute_kind", "concluded_on", "outcome"),
        measures=(
            Measure("mediations_received", on="received_on", amount="case_count"),
            Measure("mediations_concluded", on="concluded_on", amount="case_count"),
            _ended("mediations_succeeded", Outcome.SUCCEEDED),
            _ended("mediations_failed", Outcome.FAILED),
            _ended("mediations_transferred", Outcome.TRANSFERRED),
        ),
    )
)

# The other kinds of this slice, each in a folder of its own; Django finds models here.
from programs.grassroots.commitments.model import CommitmentDrive  # noqa: E402, F401
from programs.grassroots.forums.model import ListeningForum  # noqa: E402, F401
from programs.grassroots.outreach.model import OutreachCount  # noqa: E402, F401
from programs.grassroots.patrols.model import Patrol  # noqa: E402, F401
from programs.grassroots.tip_counts.model import TipCount  # noqa: E402, F401
from programs.grassroots.training.model import TrainingClass  # noqa: E402, F401
