"""Training classes (lớp tập huấn), with trainees by cohort."""

from django.db import models

from programs.activities.declaring import bounded, keeps_history, known
from programs.activities.held import HeldActivity
from programs.activities.registry import Kind, Measure, register

COHORTS = {
    "trainees_core": "lực lượng nòng cốt",
    "trainees_front": "cán bộ Mặt trận, tổ chức thành viên",
    "trainees_mediators": "hòa giải viên",
    "trainees_residents": "người dân, đối tượng khác",
}
LIMITS = {"class_count": (1, 1000)} | {name: (0, 100_000) for name in COHORTS}
WORDS = {"class_count": "Số lớp"} | {name: f"Số học viên là {words}" for name, words in COHORTS.items()}


class Subject(models.TextChoices):
    MOVEMENT = "movement", "Công tác xây dựng phong trào"
    SECURITY_TEAM = "security_team", "Nghiệp vụ bảo vệ an ninh, trật tự ở cơ sở"
    MEDIATION = "mediation", "Kỹ năng hòa giải"
    LAW = "law", "Kiến thức pháp luật"
    FIRE_SAFETY = "fire_safety", "Phòng cháy, chữa cháy, cứu nạn, cứu hộ"
    DIGITAL = "digital", "Kỹ năng số, an toàn trên mạng"
    OTHER = "other", "Nội dung khác"


def _cohort(name: str) -> models.IntegerField:
    return models.IntegerField(f"học viên: {COHORTS[name]}", null=True, blank=True)


@keeps_history("lớp tập huấn")
class TrainingClass(HeldActivity):
    """A class, or several with one content. It counts on its first day. Trainees are lượt người by cohort;
    a cohort that was not counted is empty."""

    in_one_slot = False

    subject = models.CharField("chuyên đề", max_length=14, choices=Subject)
    class_count = models.IntegerField("số lớp", default=1, db_default=1)
    trainees_core = _cohort("trainees_core")
    trainees_front = _cohort("trainees_front")
    trainees_mediators = _cohort("trainees_mediators")
    trainees_residents = _cohort("trainees_residents")

    class Meta(HeldActivity.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "lớp tập huấn"
        constraints = [
            *HeldActivity.Meta.constraints,
            *bounded("trainingclass", LIMITS, WORDS),
            *known("trainingclass", subject=Subject),
        ]


register(
    Kind(
        slug="tap-huan",
        model=TrainingClass,
        form="programs.grassroots.training.form.TrainingClassForm",
        name="lớp tập huấn",
        plural="Tập huấn",
        date_field="held_on",
        dates=("held_on", "held_to"),
        list_columns=("subject", "class_count", *COHORTS),
        measures=(
            Measure("training_classes", on="held_on", amount="class_count"),
            Measure(
                "training_trainees",
                on="held_on",
                amount=" + ".join(f"coalesce({name}, 0)" for name in COHORTS),
            ),
            Measure("training_core", on="held_on", amount="trainees_core"),
        ),
    )
)
