"""Forms for files. A file box cannot be filled in again: what was taken is kept, the rest is named."""

from django import forms

from portal.files import sizes
from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import PortalForm

PHOTO_TYPES = "image/jpeg,image/png,image/webp"
EVIDENCE_TYPES = ".pdf,.docx"


class FilesInput(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files."""

    widget = FilesInput

    def clean(self, data, initial=None):
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in sent or [None]]


MESSAGES = {
    "required": "Chọn tệp.",
    "invalid": "Không nhận được tệp. Hãy chọn lại.",
    "missing": "Không nhận được tệp. Hãy chọn lại.",
    "empty": "Tệp rỗng.",
    "max_length": "Tên tệp quá dài. Hãy đổi tên ngắn hơn.",
}


class _FilesForm(AsksAboutSecrets, PortalForm):
    submit_label = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, name: str, why: str) -> None:
        """Say at the file box why a file of that name was not taken."""
        self.add_error("files", f"{name}: {why}" if name else why)


class PhotosForm(_FilesForm):
    """One or several photographs, with one caption for all of them."""

    files = FilesField(
        label="Ảnh",
        help_text=(
            f"JPEG, PNG hoặc WebP, mỗi ảnh không quá {sizes.PHOTO_BYTES // sizes.MB} MB, "
            "có thể chọn nhiều ảnh. Nơi chụp, loại máy ghi trong ảnh được xóa khi nhận."
        ),
        max_length=255,
        error_messages=MESSAGES,
        widget=FilesInput(attrs={"accept": PHOTO_TYPES}),
    )
    caption = forms.CharField(
        label="Chú thích",
        required=False,
        max_length=200,
        help_text="Ảnh chụp việc gì, ở đâu. Ví dụ: Phần lễ Ngày hội tại Tổ dân phố 5. Không ghi họ tên.",
    )


class CaptionForm(_FilesForm):
    """The caption of one photograph."""

    caption = PhotosForm.base_fields["caption"]


class EvidenceForm(_FilesForm):
    """One document."""

    files = FilesField(
        label="Tài liệu",
        help_text=f"PDF hoặc Word (.docx), không quá {sizes.DOCUMENT_BYTES // sizes.MB} MB.",
        max_length=255,
        error_messages=MESSAGES,
        widget=forms.FileInput(attrs={"accept": EVIDENCE_TYPES}),
    )
    title = forms.CharField(
        label="Tên tài liệu",
        required=False,
        max_length=200,
        help_text="Ví dụ: Kế hoạch tổ chức Ngày hội. Để trống thì lấy theo tên tệp.",
    )


class RemovalForm(_FilesForm):
    """The reason, without which nothing is taken off a record."""

    reason = forms.CharField(
        label="Lý do gỡ",
        help_text="Ví dụ: ảnh của hoạt động khác. Lý do được giữ trong lịch sử.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Ghi lý do gỡ.",
            "min_length": "Lý do quá ngắn, ghi rõ hơn (từ 5 ký tự).",
        },
    )
