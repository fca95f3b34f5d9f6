"""Guiding documents: chỉ thị, nghị quyết liên tịch, quy chế, kế hoạch, hướng dẫn, with their file."""

from django.db import models
from django.db.models import Q

from portal.files import sizes
from portal.units.columns import NfcField, SearchKeyField
from programs.activities.columns import NfcTextField
from programs.activities.firm import tracked
from programs.coordination.numbers import CodeKeyField
from programs.plans.base import Kept, known, named
from programs.plans.querysets import DocumentQuerySet


class DocumentKind(models.TextChoices):
    PROGRAMME = "programme", "Chương trình phối hợp"
    DIRECTIVE = "directive", "Chỉ thị"
    RESOLUTION = "resolution", "Nghị quyết, nghị quyết liên tịch"
    REGULATION = "regulation", "Quy chế phối hợp"
    PLAN = "plan", "Kế hoạch"
    GUIDANCE = "guidance", "Hướng dẫn"
    DECISION = "decision", "Quyết định"
    LETTER = "letter", "Công văn"
    REPORT = "report", "Báo cáo, thông báo kết luận"
    OTHER = "other", "Văn bản khác"


@tracked("GuidingDocumentEvent", "lịch sử văn bản")
class GuidingDocument(Kept):
    """One document; its file, where there is one, lies by its content beside the evidence of the log."""

    day_field = "issued_on"

    kind = models.CharField("loại văn bản", max_length=10, choices=DocumentKind)
    number = NfcField("số, ký hiệu", max_length=60, blank=True, default="")
    other_numbers = NfcTextField(
        "cách viết khác của số, ký hiệu",
        max_length=500,
        blank=True,
        default="",
        help_text="Mỗi cách một dòng, ví dụ 09/CTrPH/BCA-MTTW. Tìm theo cách nào cũng thấy.",
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = NfcField("cơ quan ban hành", max_length=200)
    abstract = NfcField("trích yếu", max_length=500)
    file_name = NfcField("tên tệp", max_length=130, blank=True, default="", editable=False)
    file_kind = models.CharField("loại tệp", max_length=4, blank=True, default="", editable=False)
    sha256 = models.CharField("mã SHA-256", max_length=64, blank=True, default="", editable=False)
    size = models.PositiveIntegerField("số byte", null=True, blank=True, editable=False)
    number_key = CodeKeyField("khóa số, ký hiệu", of="all_numbers")
    search_key = SearchKeyField("khóa tìm kiếm", of="all_words")

    objects = DocumentQuerySet.as_manager()

    class Meta(Kept.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "văn bản chỉ đạo"
        indexes = [models.Index(fields=["sha256"], name="document_sha256")]
        constraints = [
            *Kept.Meta.constraints,
            known("document_kind", "kind", DocumentKind),
            named("document_named", "issuer", "abstract"),
            models.CheckConstraint(
                name="document_file_is_whole",
                condition=Q(sha256="", file_name="", file_kind="", size=None)
                | (
                    Q(sha256__regex=r"^[0-9a-f]{64}$", file_kind__in=["pdf", "docx"])
                    & Q(size__gte=1, size__lte=sizes.DOCUMENT_BYTES)
                    & ~Q(file_name="")
                ),
            ),
            models.UniqueConstraint(
                fields=["programme", "unit", "number", "issued_on"],
                condition=Q(removed_at=None) & ~Q(number=""),
                nulls_distinct=False,
                name="document_once",
                violation_error_message="Văn bản có số, ký hiệu và ngày này đã có trong chương trình.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} số {self.number}" if self.number else self.abstract

    @property
    def all_numbers(self) -> str:
        return "\n".join([self.number, *self.other_numbers.splitlines()])

    @property
    def all_words(self) -> str:
        return f"{self.get_kind_display()} {self.abstract} {self.issuer}"
