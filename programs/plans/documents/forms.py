"""The form of a guiding document and the search for one."""

from django import forms

from portal.files import sizes
from portal.files.errors import Refused
from portal.ui.forms import PortalForm
from programs.plans.documents import files
from programs.plans.documents.model import DocumentKind, GuidingDocument
from programs.plans.fields import LinesField
from programs.plans.forms import UnitRowForm, lines


def file_field() -> forms.FileField:
    return forms.FileField(
        label="Tệp văn bản",
        required=False,
        help_text=f"PDF hoặc Word (.docx), tối đa {sizes.DOCUMENT_BYTES // sizes.MB} MB. "
        "Không tải lên văn bản có độ mật.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )


class DocumentForm(UnitRowForm):
    """One document; a new file takes the place of the one before."""

    other_numbers: LinesField = lines(GuidingDocument, "other_numbers", longest=60)
    file = file_field()
    past = ("issued_on",)

    class Meta:
        model = GuidingDocument
        fields = ["kind", "number", "other_numbers", "issued_on", "issuer", "abstract"]

    def clean_file(self):
        """The content decides what it is, not the name."""
        upload, self.content = self.cleaned_data.get("file"), None
        if upload:
            try:
                self.content = (*files.judged(upload), upload.name)
            except Refused as refusal:
                raise forms.ValidationError(refusal.message) from refusal
        return upload

    def after(self, row) -> None:
        if getattr(self, "content", None):
            files.attach(row, *self.content)
            row.save()

    def undo(self) -> None:
        """After a failure: nothing stays on the disk."""
        if getattr(self, "content", None):
            files.take_back(self.content[0])


class DocumentSearchForm(PortalForm):
    q = forms.CharField(
        label="Số, ký hiệu hoặc trích yếu", required=False, max_length=100,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=[("", "Tất cả"), *DocumentKind.choices]
    )

    def __init__(self, data):
        super().__init__(data, auto_id="loc_%s")

    @property
    def in_use(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def apply(self, documents):
        """The documents that answer to what could be read."""
        self.is_valid()
        asked = self.cleaned_data
        documents = documents.search(asked.get("q") or "")
        return documents.filter(kind=asked["kind"]) if asked.get("kind") else documents
