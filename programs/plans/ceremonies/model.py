"""Signing ceremonies: several agreements on one day, each with its signatories."""

from django.db import models
from django.urls import reverse

from portal.units.columns import NfcField
from programs.activities.columns import NfcTextField
from programs.activities.firm import tracked
from programs.coordination.models import CoordinationProgram
from programs.plans.base import Kept, Written, named
from programs.plans.querysets import AgreementQuerySet, CeremonyQuerySet


@tracked("SigningCeremonyEvent", "lịch sử lễ ký kết")
class SigningCeremony(Kept):
    """A ceremony at which agreements of a programme were signed."""

    day_field = "held_on"

    title = NfcField("tên lễ ký kết", max_length=300)
    held_on = models.DateField("ngày ký kết")
    place = NfcField("địa điểm", max_length=200, blank=True, default="")
    note = NfcTextField("nội dung", max_length=5000, blank=True, default="")
    source = NfcField("nguồn", max_length=300, blank=True, default="")

    objects = CeremonyQuerySet.as_manager()

    class Meta(Kept.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "lễ ký kết"
        ordering = ["-held_on", "-pk"]
        constraints = [*Kept.Meta.constraints, named("ceremony_named", "title")]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:ceremony", args=[self.pk])


@tracked("SignedAgreementEvent", "lịch sử văn bản được ký kết")
class SignedAgreement(Written):
    """One of the agreements. It may carry out a plan, and belong to another programme than the ceremony."""

    ceremony = models.ForeignKey(
        SigningCeremony, models.PROTECT, related_name="agreements", verbose_name="lễ ký kết"
    )
    number = NfcField("số, ký hiệu", max_length=60, blank=True, default="")
    title = NfcField("tên văn bản được ký kết", max_length=300)
    programme = models.ForeignKey(
        CoordinationProgram,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thuộc chương trình khác",
        help_text="Để trống: chương trình của lễ ký kết.",
    )
    plan = models.ForeignKey(
        "plans.JointPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="thực hiện kế hoạch",
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(Written.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "văn bản được ký kết"
        ordering = ["pk"]
        constraints = [
            named("agreement_named", "title"),
            models.UniqueConstraint(
                fields=["ceremony", "title"],
                name="agreement_once",
                violation_error_message="Văn bản này đã có trong lễ ký kết.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return self.ceremony.get_absolute_url()

    @property
    def owner_unit(self):
        return self.ceremony.unit


@tracked("SignatoryEvent", "lịch sử bên ký kết")
class Signatory(models.Model):
    """An organisation that signed, and the office of who signed for it; no names of persons."""

    agreement = models.ForeignKey(
        SignedAgreement, models.PROTECT, related_name="signatories", verbose_name="văn bản"
    )
    organisation = NfcField("cơ quan, tổ chức", max_length=200)
    office = NfcField("chức danh người ký", max_length=150, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "bên ký kết"
        default_permissions = ()
        ordering = ["agreement", "pk"]
        constraints = [
            named("signatory_named", "organisation"),
            models.UniqueConstraint(fields=["agreement", "organisation"], name="signatory_once"),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.office})" if self.office else self.organisation
