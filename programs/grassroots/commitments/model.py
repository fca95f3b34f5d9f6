"""Signed commitments (ký cam kết): by topic and by who signs."""

from django.db import models

from programs.activities.declaring import bounded, keeps_history, known
from programs.activities.held import HeldActivity, one_slot
from programs.activities.registry import Kind, Measure, register

LIMITS = {"signed": (1, 10_000_000)}


class CommitmentTopic(models.TextChoices):
    FIREWORKS = "fireworks", "Không vi phạm về pháo, vũ khí, vật liệu nổ"
    DRUGS = "drugs", "Không vi phạm về ma túy"
    TRAFFIC = "traffic", "Chấp hành trật tự, an toàn giao thông"
    FIRE_SAFETY = "fire_safety", "An toàn phòng cháy, chữa cháy"
    SAFE_AREA = "safe_area", "Xây dựng khu dân cư, đơn vị an toàn về ANTT"
    CRIME = "crime", "Phòng, chống tội phạm, tệ nạn xã hội"
    OTHER = "other", "Nội dung khác"


class Party(models.TextChoices):
    HOUSEHOLD = "household", "Hộ gia đình"
    SCHOOL = "school", "Nhà trường, học sinh"
    AGENCY = "agency", "Cơ quan, đơn vị"
    BUSINESS = "business", "Doanh nghiệp, cơ sở kinh doanh"
    AREA = "area", "Khu dân cư"
    OTHER = "other", "Đối tượng khác"


@keeps_history("đợt ký cam kết")
class CommitmentDrive(HeldActivity):
    """One drive, in which `signed` commitments on one topic were signed by one sort of party."""

    topic = models.CharField("nội dung cam kết", max_length=12, choices=CommitmentTopic)
    party = models.CharField("bên ký", max_length=10, choices=Party)
    signed = models.IntegerField("số bản đã ký")

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "đợt ký cam kết"
        constraints = [
            *HeldActivity.Meta.constraints,
            one_slot("commitmentdrive"),
            *bounded("commitmentdrive", LIMITS, {"signed": "Số bản đã ký"}),
            *known("commitmentdrive", topic=CommitmentTopic, party=Party),
        ]


def _signed_by(indicator: str, *parties: Party) -> Measure:
    named = ", ".join(f"'{party.value}'" for party in parties)
    return Measure(indicator, on="held_on", amount="signed", where=f"party IN ({named})")


register(
    Kind(
        slug="ky-cam-ket",
        model=CommitmentDrive,
        form="programs.grassroots.commitments.form.CommitmentDriveForm",
        name="đợt ký cam kết",
        plural="Ký cam kết",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("topic", "party", "signed"),
        measures=(
            Measure("commitment_drives", on="held_on"),
            Measure("commitments_signed", on="held_on", amount="signed"),
            _signed_by("commitments_households", Party.HOUSEHOLD),
            _signed_by("commitments_schools", Party.SCHOOL),
            _signed_by("commitments_agencies", Party.AGENCY, Party.BUSINESS),
        ),
    )
)
