"""Sending a workbook of accounts."""

from django import forms

from portal.files.workbook import LARGEST_FILE, TOO_LARGE
from portal.ui.forms import PortalForm


class AccountsFileForm(PortalForm):
    submit_label = "Kiểm tra tệp"
    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="Không quá 10 MB, 1.000 tài khoản. Họ tên trong tệp chỉ giữ đến khi lập, lâu nhất 24 giờ.",
        error_messages={
            "required": "Chọn tệp Excel đã điền.",
            "empty": "Tệp không có nội dung.",
            "max_length": "Tên tệp dài quá 200 ký tự. Đặt lại tên ngắn hơn.",
        },
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data["file"]
