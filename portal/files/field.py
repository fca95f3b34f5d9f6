"""The field that takes a workbook."""

from django import forms

from portal.files.workbook import LARGEST_FILE, TOO_LARGE


class WorkbookField(forms.FileField):
    """A .xlsx of bounded size; `help_text` says what may be in it. It is opened elsewhere."""

    def __init__(self, *, help_text: str):
        super().__init__(
            label="Tệp Excel (.xlsx)",
            max_length=200,
            widget=forms.FileInput(attrs={"accept": ".xlsx"}),
            help_text=help_text,
            error_messages={
                "required": "Chọn tệp Excel đã điền.",
                "empty": "Tệp không có nội dung.",
                "max_length": "Tên tệp dài quá 200 ký tự. Đặt lại tên ngắn hơn.",
            },
        )

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file
