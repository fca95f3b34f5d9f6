"""Who takes part in a programme beside its parties, and in which movements it is woven."""

from django.db import models

from programs.activities.firm import tracked
from programs.coordination.models import CoordinationProgram
from programs.partners.models import LinkedMovement, Partner


class OfProgramme(models.Model):
    """What hangs on a programme."""

    programme = models.ForeignKey(
        CoordinationProgram, models.PROTECT, related_name="%(class)ss", verbose_name="chương trình"
    )

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self):
        return f"{self.programme_id}"


@tracked("ProgramPartnerEvent", "lịch sử đơn vị tham gia chương trình")
class ProgramPartner(OfProgramme):
    """An organisation of the catalogue that takes part."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="đơn vị phối hợp")

    class Meta(OfProgramme.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "đơn vị tham gia chương trình"
        constraints = [
            models.UniqueConstraint(fields=["programme", "partner"], name="programme_partner_once")
        ]


@tracked("ProgramMovementEvent", "lịch sử phong trào của chương trình")
class ProgramMovement(OfProgramme):
    """A movement that the programme is carried out together with."""

    movement = models.ForeignKey(
        LinkedMovement, models.PROTECT, related_name="+", verbose_name="phong trào lồng ghép"
    )

    class Meta(OfProgramme.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "phong trào của chương trình"
        constraints = [
            models.UniqueConstraint(fields=["programme", "movement"], name="programme_movement_once")
        ]
