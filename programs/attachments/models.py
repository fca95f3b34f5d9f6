"""Photographs and evidence of an activity. The files lie apart, by their content (see `storage`)."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.files import sizes
from portal.units.columns import NfcField
from programs.activities.firm import append_only
from programs.activities.models import ActivityEntry
from programs.attachments import limits, storage
from programs.attachments.querysets import AttachmentQuerySet, PhotoQuerySet

PEOPLE = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+", "db_index": False}
SHA256 = r"^[0-9a-f]{64}$"


class Attachment(models.Model):
    """A file of one activity. A removed one keeps its row, with the reason; `erased_at`: its file is gone.

    Abstract. `place` is 1 to the most that an activity may have: that is what bounds their number.
    """

    entry = models.ForeignKey(
        ActivityEntry, models.PROTECT, related_name="%(class)ss", db_index=False, verbose_name="hoạt động"
    )
    place = models.PositiveSmallIntegerField("thứ tự")
    sha256 = models.CharField("mã SHA-256", max_length=64, editable=False)
    size = models.PositiveIntegerField("số byte", editable=False)
    added_by = models.ForeignKey(**PEOPLE, verbose_name="người thêm")
    added_at = models.DateTimeField("thêm lúc", default=timezone.now, editable=False)
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(**PEOPLE, null=True, blank=True, editable=False, verbose_name="người gỡ")
    removal_reason = NfcField("lý do gỡ", max_length=300, blank=True, default="", editable=False)
    erased_at = models.DateTimeField("xóa tệp lúc", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["entry", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "place"], condition=Q(removed_at=None), name="%(class)s_one_in_a_place"
            ),
            models.UniqueConstraint(
                fields=["entry", "sha256"], condition=Q(removed_at=None), name="%(class)s_once_in_entry"
            ),
            models.CheckConstraint(name="%(class)s_sha256", condition=Q(sha256__regex=SHA256)),
            models.CheckConstraint(
                name="%(class)s_removed_with_reason",
                condition=Q(removed_at=None, removed_by=None, removal_reason="", erased_at=None)
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
            ),
            models.CheckConstraint(
                name="%(class)s_erased_after", condition=Q(erased_at=None) | Q(erased_at__gte=F("removed_at"))
            ),
        ]

    def forget_words(self) -> None:
        """Put nothing in the place of what somebody wrote about the file; the row is not saved."""
        raise NotImplementedError

    @property
    def is_missing(self) -> bool:
        """The row is there and its file is not: a disk was lost, or a backup is half restored."""
        return not storage.exists(self.sha256)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    level=pghistory.Statement,
    model_name="PhotoEvent",
    meta={"triggers": append_only(), "verbose_name": "lịch sử ảnh"},
)
class Photo(Attachment):
    """A photograph, kept as a JPEG drawn anew: no EXIF, no place where it was taken."""

    caption = NfcField("chú thích", max_length=200, blank=True, default="")
    thumbnail = models.CharField("mã SHA-256 của ảnh nhỏ", max_length=64, editable=False)
    width = models.PositiveSmallIntegerField("rộng", editable=False)
    height = models.PositiveSmallIntegerField("cao", editable=False)
    look = models.BigIntegerField("dấu nhận dạng", help_text="dHash 64 bit.", editable=False)
    resembles = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name="giống ảnh",
    )

    objects = PhotoQuerySet.as_manager()

    class Meta(Attachment.Meta):
        abstract = False
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        indexes = [
            models.Index(fields=["entry"], name="photo_entry"),
            models.Index(fields=["sha256"], name="photo_sha256"),
            models.Index(fields=["thumbnail"], name="photo_thumbnail"),
        ]
        constraints = [
            *Attachment.Meta.constraints,
            models.CheckConstraint(
                name="photo_bounds",
                condition=Q(
                    **{"place__gte": 1, "place__lte": limits.PHOTOS_PER_ENTRY, "size__gte": 1},
                    **{"width__gte": 1, "width__lte": sizes.PHOTO_SIDE},
                    **{"height__gte": 1, "height__lte": sizes.PHOTO_SIDE},
                ),
            ),
            models.CheckConstraint(name="photo_thumbnail_sha256", condition=Q(thumbnail__regex=SHA256)),
        ]

    def __str__(self):
        return self.caption or f"Ảnh {self.place}"

    def forget_words(self) -> None:
        self.caption = ""

    @property
    def thumbnail_width(self) -> int:
        return self._small(self.width)

    @property
    def thumbnail_height(self) -> int:
        return self._small(self.height)

    def _small(self, length: int) -> int:
        shrunk = length * sizes.THUMBNAIL_SIDE / max(self.width, self.height, sizes.THUMBNAIL_SIDE)
        return max(1, round(shrunk))

    @property
    def file_name(self) -> str:
        return f"Ảnh {self.entry_id}-{self.place}.jpg"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    level=pghistory.Statement,
    model_name="EvidenceEvent",
    meta={"triggers": append_only(), "verbose_name": "lịch sử tài liệu"},
)
class Evidence(Attachment):
    """A document, PDF or Word, kept byte for byte and only ever downloaded."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    title = NfcField("tên tài liệu", max_length=200)
    name = NfcField("tên tệp", max_length=130, editable=False)
    kind = models.CharField("loại", max_length=4, choices=Kind, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        abstract = False
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
        indexes = [
            models.Index(fields=["entry"], name="evidence_entry"),
            models.Index(fields=["sha256"], name="evidence_sha256"),
        ]
        constraints = [
            *Attachment.Meta.constraints,
            models.CheckConstraint(
                name="evidence_bounds",
                condition=Q(
                    **{"place__gte": 1, "place__lte": limits.EVIDENCE_PER_ENTRY},
                    **{"size__gte": 1, "size__lte": sizes.DOCUMENT_BYTES},
                ),
            ),
            models.CheckConstraint(name="evidence_kind", condition=Q(kind__in=["pdf", "docx"])),
            models.CheckConstraint(name="evidence_named", condition=~Q(title="") & ~Q(name="")),
        ]

    def __str__(self):
        return self.title

    def forget_words(self) -> None:
        self.title, self.name = "Tài liệu đã xóa", f"da-xoa.{self.kind}"
