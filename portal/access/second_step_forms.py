"""Codes of the second step."""

from django import forms

from portal.accounts.second_factor import Answer
from portal.ui.forms import PortalForm

WRONG = "Mã không đúng hoặc đã dùng. Xem giờ trên điện thoại có đúng không, rồi nhập mã mới nhất."


class CodeForm(PortalForm):
    """Six digits of the app, or a recovery code."""

    submit_label = "Tiếp tục"
    code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        help_text="6 chữ số trong ứng dụng trên điện thoại, hoặc một mã dự phòng.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False

    def refuse(self, answer: Answer) -> None:
        """Say that it was wrong, and how long to wait for the next try."""
        text = f"Nhập sai nhiều lần. Đợi {answer.wait} giây rồi nhập lại." if answer.wait > 1 else WRONG
        self.add_error("code", text)


class FirstCodeForm(CodeForm):
    submit_label = "Bật xác thực hai bước"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "6 chữ số mà ứng dụng đang hiện."
