"""Units that said of themselves that a tip concerns one of theirs."""

from django.db import models

from programs.tips.triggers import never_changed


class TipConflict(models.Model):
    """`unit` passed the tip up because it concerns an officer there; it never handles it again.

    A table, not a column: passed down elsewhere, a tip may meet the next conflict there.
    """

    tip = models.ForeignKey("tips.Tip", models.CASCADE, related_name="conflicts")
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")

    class Meta:
        verbose_name = "xung đột lợi ích"
        verbose_name_plural = "xung đột lợi ích"
        triggers = never_changed()
        constraints = [models.UniqueConstraint(fields=["tip", "unit"], name="tip_conflict_once")]

    def __str__(self):
        return f"Xung đột lợi ích, nguồn tin số {self.tip_id}"
