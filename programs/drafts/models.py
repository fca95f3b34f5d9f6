"""Entry forms that were not finished. A draft is no record: it counts nowhere and has no history."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual
from django.http import QueryDict
from django.utils import timezone

from portal.accounts.choices import Side
from portal.units.columns import NfcField
from programs.drafts.querysets import DraftQuerySet

# Of one person; of one draft. A form full of the longest texts has some 20,000 bytes.
MOST, MOST_BYTES = 20, 40_000


class Draft(models.Model):
    """What was typed into one entry form, as the browser sent it: {name: [values]}.

    `token` is the form's client token, by which saving again finds it, and by which it goes when the activity
    stands in the log. `place` (1 to MOST, each once) bounds how many a person has, in the database as well.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="người nhập"
    )
    unit = models.ForeignKey("units.AdminUnit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    side = models.CharField("bên", max_length=6, choices=Side)
    kind = models.CharField("loại hoạt động", max_length=30)
    grouped = models.BooleanField("nhập gộp", default=False)
    token = models.UUIDField(editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    title = NfcField("nội dung", max_length=300, blank=True, default="")
    content = models.JSONField("đã nhập", editable=False)
    begun_at = models.DateTimeField("bắt đầu lúc", default=timezone.now, editable=False)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "bản nháp"
        verbose_name_plural = "bản nháp"
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "token"], name="draft_once_a_form"),
            models.UniqueConstraint(fields=["owner", "place"], name="draft_place_once"),
            models.CheckConstraint(name="draft_of_a_few", condition=Q(place__gte=1, place__lte=MOST)),
            models.CheckConstraint(name="draft_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="draft_has_kind", condition=~Q(kind="")),
            models.CheckConstraint(
                name="draft_is_small",
                condition=LessThanOrEqual(
                    Func(
                        Cast(F("content"), models.TextField()),
                        function="octet_length",
                        output_field=models.IntegerField(),
                    ),
                    2 * MOST_BYTES,  # PostgreSQL writes JSON its own way
                ),
            ),
        ]

    def __str__(self):
        return self.title or "Chưa có nội dung"

    def as_sent(self) -> QueryDict:
        """The content as a browser would send it."""
        data = QueryDict(mutable=True)
        for name, values in self.content.items():
            data.setlist(name, values)
        return data
