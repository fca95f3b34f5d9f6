"""Awards in numbers: form, issuer, kind of recipient. Individuals are counted, never named."""

from django.db import models
from django.db.models import Q

from portal.units.columns import NfcField
from programs.activities.columns import NfcTextField
from programs.activities.firm import tracked
from programs.plans.base import Kept, known, named

MOST = 100_000


class AwardForm(models.TextChoices):
    ORDER = "order", "Huân chương, huy chương"
    FLAG = "flag", "Cờ thi đua"
    MERIT = "merit", "Bằng khen"
    CITATION = "citation", "Giấy khen"
    BADGE = "badge", "Kỷ niệm chương"
    LETTER = "letter", "Thư khen, biểu dương"
    OTHER = "other", "Hình thức khác"


class Recipient(models.TextChoices):
    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"
    UNKNOWN = "unknown", "Tập thể và cá nhân (nguồn không tách)"


@tracked("AwardEvent", "lịch sử khen thưởng")
class Award(Kept):
    """How many of one form were given by one issuer to one kind of recipient."""

    day_field = "awarded_on"

    form = models.CharField("hình thức", max_length=8, choices=AwardForm)
    issuer = NfcField("cơ quan khen thưởng", max_length=200)
    recipient = models.CharField("đối tượng", max_length=10, choices=Recipient)
    count = models.PositiveIntegerField("số lượng")
    awarded_on = models.DateField("ngày khen thưởng", null=True, blank=True)
    decision_number = NfcField("số quyết định", max_length=60, blank=True, default="")
    institutions = NfcTextField(
        "các tập thể được khen",
        max_length=2000,
        blank=True,
        default="",
        help_text="Mỗi tập thể một dòng. Cá nhân chỉ ghi số lượng, không ghi họ tên.",
    )
    source = NfcField("nguồn", max_length=300, blank=True, default="")

    class Meta(Kept.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "khen thưởng"
        ordering = [models.F("awarded_on").desc(nulls_last=True), "-pk"]
        constraints = [
            *Kept.Meta.constraints,
            known("award_form", "form", AwardForm),
            known("award_recipient", "recipient", Recipient),
            named("award_issued", "issuer"),
            models.CheckConstraint(
                name="award_bounds",
                condition=Q(count__gte=1, count__lte=MOST),
                violation_error_message="Số lượng từ 1 đến 100.000.",
            ),
            models.CheckConstraint(
                name="award_names_collectives_only",
                condition=Q(institutions="") | Q(recipient="collective"),
                violation_error_message="Chỉ ghi tên tập thể; cá nhân chỉ ghi số lượng.",
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} của {self.issuer}"

    @property
    def institution_lines(self) -> list[str]:
        return self.institutions.splitlines()
