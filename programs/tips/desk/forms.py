"""Forms of the police desk. Each carries the revision that the officer saw."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import DayField, PortalForm
from portal.units.fields import UnitChoiceField
from programs.tips.models import Tip
from programs.tips.shield import CONCERNED, concerned
from programs.tips.states import Category, Outcome

LONGEST_QUESTION = 4000
SHOWN = {
    "open": "Đang giải quyết",
    "late": "Quá hạn",
    "answered": "Có trả lời mới",
    "over": "Đã kết thúc, đã gộp",
}


class QueueForm(PortalForm):
    """What the queue shows."""

    submit_label = None
    show = forms.ChoiceField(label="Tình trạng", choices=list(SHOWN.items()), required=False)
    category = forms.ChoiceField(
        label="Loại", choices=[("", "Tất cả các loại"), *Category.choices], required=False
    )

    def asked(self) -> dict:
        """What was chosen and is readable."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class StepForm(AsksAboutSecrets, PortalForm):
    """One step with one tip; `seen` is the revision on which it was chosen."""

    submit_label = None
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, tip: Tip, user, **kwargs):
        self.tip, self.user = tip, user
        super().__init__(data, initial={"seen": tip.revision} | self.first_values(tip), **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def first_values(self, tip: Tip) -> dict:
        return {}

    def said(self) -> dict:
        """What the step's action is called with."""
        return self.cleaned_data

    def seen_again(self, tip: Tip) -> None:
        """After somebody else was quicker: the same text, to be sent on what is there now."""
        self.data = self.data.copy()
        self.data["seen"] = str(tip.revision)


class TriageForm(StepForm):
    category = forms.ChoiceField(label="Loại", choices=Category.choices, widget=forms.RadioSelect)

    def first_values(self, tip):
        return {"category": tip.category}


class AskForm(StepForm):
    text = forms.CharField(
        label="Câu hỏi gửi người cung cấp",
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Người cung cấp đọc câu hỏi khi nhập mã. Không hỏi họ tên, nơi ở nếu chưa thật cần.",
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def first_values(self, tip):
        return {"token": secrets.token_hex(16)}

    def clean_token(self) -> bytes:
        try:
            return bytes.fromhex(self.cleaned_data["token"])
        except ValueError:
            raise ValidationError("Mở lại trang này rồi gửi.") from None


class HandOverForm(StepForm):
    body = forms.CharField(
        label="Cơ quan nhận",
        max_length=200,
        help_text="Ví dụ: Cơ quan Cảnh sát điều tra Công an tỉnh Hà Tĩnh.",
    )
    number = forms.CharField(label="Số tiếp nhận", max_length=50)
    on = DayField(label="Ngày chuyển")

    def first_values(self, tip):
        return {"on": timezone.localdate()}


class OtherUnitField(UnitChoiceField):
    """Any unit but those that the tip concerns (`refused`: ids): neither offered nor taken."""

    refused: frozenset[int] = frozenset()

    def clean(self, value):
        try:
            unit = super().clean(value)
        except ValidationError:
            self._take_away()
            raise
        if unit.pk in self.refused:
            raise ValidationError(CONCERNED)
        return unit

    def _take_away(self):
        matches = self.widget.matches
        self.widget.matches = [unit for unit in matches if unit.pk not in self.refused]
        if matches and not self.widget.matches:
            raise ValidationError(CONCERNED)


class PassOnForm(StepForm):
    unit = OtherUnitField(
        label="Công an xã, phường, đặc khu nhận",
        help_text="Ví dụ: Phường Trần Phú, tỉnh Hà Tĩnh. Chuyển xong, đơn vị không còn xem được nguồn tin.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].refused = concerned(self.tip)


class PassUpForm(StepForm):
    is_conflict = forms.BooleanField(
        label="Nguồn tin liên quan đến cán bộ, chiến sĩ của đơn vị (xung đột lợi ích)", required=False
    )

    def first_values(self, tip):
        return {"is_conflict": tip.about_officer}


class MergeForm(StepForm):
    into = forms.IntegerField(
        label="Gộp vào nguồn tin số",
        min_value=1,
        help_text="Nguồn tin cùng nội dung, cùng loại, đang giải quyết tại đơn vị. Tính là một nguồn tin.",
    )

    def clean_into(self) -> Tip:
        """A tip of the same desk; another unit's and one that is not there are told alike."""
        found = Tip.objects.filter(handling_unit=self.tip.handling_unit, pk=self.cleaned_data["into"]).first()
        if found is None:
            raise ValidationError("Không có nguồn tin số này tại đơn vị.")
        return found


class CloseForm(StepForm):
    outcome = forms.ChoiceField(label="Kết quả", choices=Outcome.choices, widget=forms.RadioSelect)


class HoldForm(StepForm):
    reason = forms.CharField(
        label="Lý do giữ lại, không xóa khi hết thời hạn lưu",
        max_length=300,
        help_text="Ví dụ: phục vụ giải quyết khiếu nại theo văn bản số… Người cung cấp không thấy lý do này.",
    )


class PlainForm(StepForm):
    """A step that asks for nothing more."""

    def said(self):
        return {"seen": self.cleaned_data["seen"]}


class SessionForm(StepForm):
    entry = forms.IntegerField(
        label="Số của buổi tuyên truyền trong sổ",
        min_value=1,
        help_text="Mở buổi tuyên truyền trong sổ theo dõi, số nằm ở cuối địa chỉ trang. "
        "Nguồn tin được tính ở buổi đó, không tính thêm lần nữa.",
    )


class OpeningForm(StepForm):
    reason = forms.CharField(
        label="Lý do cần biết họ tên, cách liên hệ",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Người cung cấp đọc được lý do này. Ghi rõ vì sao hỏi qua cổng là chưa đủ.",
    )


class DecisionForm(StepForm):
    agreed = forms.TypedChoiceField(
        label="Quyết định",
        choices=[("1", "Đồng ý mở"), ("0", "Không đồng ý")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
