"""Sending a workbook."""

from django import forms

from portal.files.workbook import LARGEST_FILE, TOO_LARGE
from portal.ui.forms import PortalForm


class CommuneChoice(forms.ModelChoiceField):
    """Few units by name; no query for what stands above each."""

    def label_from_instance(self, unit):
        return unit.full_name


class UploadForm(PortalForm):
    """The file and, for who logs for several communes, the commune."""

    submit_label = "Kiểm tra tệp"

    unit = CommuneChoice(queryset=None, label="Đơn vị")
    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="Không quá 10 MB, 20.000 dòng. Tệp chỉ được giữ đến khi ghi xong, lâu nhất 24 giờ.",
        error_messages={
            "required": "Chọn tệp Excel đã điền.",
            "empty": "Tệp không có nội dung.",
            "max_length": "Tên tệp dài quá 200 ký tự. Đặt lại tên ngắn hơn.",
        },
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = units[0].pk

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data["file"]
