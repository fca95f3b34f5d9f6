"""Asking for a takedown: first what it would touch, then the number once more."""

import re
import uuid

from django import forms
from django.core.exceptions import ValidationError

from portal.secrecy import registry
from portal.secrecy.erasing import SHORTEST_WORDS
from portal.secrecy.registry import Target
from portal.secrecy.tombstones import Ground
from portal.ui.forms import PortalForm

NOT_FOUND = "Không có trang nào như vậy. Dán địa chỉ của bản ghi hoặc báo cáo, ví dụ: /so-theo-doi/123/."
MOST_WORDS = 20


class TakedownForm(PortalForm):
    """What is to be taken down. The words that are typed here are stored nowhere."""

    submit_label = None
    address = forms.CharField(
        label="Địa chỉ trang của bản ghi hoặc báo cáo",
        max_length=300,
        help_text="Dán địa chỉ do đơn vị gửi, như /so-theo-doi/123/, /mo-hinh/12/, /chuong-trinh/ke-hoach/7/ "
        "hoặc /bao-cao/45/nhan-xet/assessment/.",
    )
    words = forms.CharField(
        label="Đoạn chữ phải gỡ cả ở nơi khác",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một đoạn, chép đúng từng chữ. Chỉ dùng để tìm, không lưu lại.",
    )
    ground = forms.ChoiceField(label="Lý do gỡ", choices=Ground)
    basis = forms.CharField(
        label="Căn cứ",
        required=False,
        max_length=100,
        help_text="Số, ký hiệu văn bản yêu cầu gỡ. Không ghi lại nội dung phải gỡ.",
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    target: Target | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False

    def clean_words(self):
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines()]
        words = tuple(dict.fromkeys(filter(None, lines)))
        if any(len(each) < SHORTEST_WORDS for each in words):
            raise ValidationError(f"Mỗi đoạn phải từ {SHORTEST_WORDS} ký tự, nếu không sẽ gỡ nhầm chữ khác.")
        if len(words) > MOST_WORDS:
            raise ValidationError(f"Mỗi lần gỡ tối đa {MOST_WORDS} đoạn.")
        return words

    def clean(self):
        cleaned = super().clean()
        place, subject, part = _meant(cleaned.get("address", ""))
        found = registry.find(place, subject) if place else None
        if found is None or (part and part not in dict(found.parts)):
            if "address" in cleaned:
                self.add_error("address", NOT_FOUND)
            return cleaned
        words = cleaned.get("words", ())
        if found.parts and not part and not words and not self.errors:
            self.add_error("words", "Ghi đoạn phải gỡ, hoặc dán địa chỉ của một mục nhận xét để gỡ cả mục.")
        self.target = Target(place, subject, found, part, words)
        return cleaned

    @property
    def confirmation(self) -> str:
        """What has to be typed: "GỠ 123"."""
        return f"GỠ {self.target.subject}"


class ConfirmedForm(TakedownForm):
    """The same once more, with the number typed by hand."""

    typed = forms.CharField(
        label="Gõ để xác nhận",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("address", "words", "ground", "basis"):
            self.fields[name].widget = forms.HiddenInput()
        self.helper.form_tag = False

    def clean(self):
        cleaned = super().clean()
        if self.target and cleaned.get("typed", "").strip().upper() != self.confirmation:
            self.add_error("typed", f"Gõ đúng: {self.confirmation}")
        return cleaned


def _meant(address: str) -> tuple[str, int, str]:
    """(place, number, section) of an address, whatever stands before its path; empty when it is none."""
    for slug, path, _ in registry.places():
        match = re.search(rf"{re.escape(path)}(\d{{1,15}})/?(?:nhan-xet/([a-z]+)/?)?", address)
        if match:
            return slug, int(match[1]), match[2] or ""
    return "", 0, ""
