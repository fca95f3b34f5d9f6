"""Forms of the pages for senders, and of the officer who takes a tip in for somebody."""

from django import forms
from django.conf import settings
from django.db.models import TextChoices

from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import PortalForm
from portal.units.fields import offered_units, the_one_meant
from portal.units.models import Level
from programs.tips import codes, files
from programs.tips.models import LONGEST_PLACE, LONGEST_STORY, LONGEST_TIME, TipMessage
from programs.tips.states import PLAIN, Channel

MOST_FOUND = 8
CONTACT = {
    "contact_name": "Họ và tên",
    "contact_phone": "Số điện thoại",
    "contact_other": "Cách liên hệ khác",
}
LONGEST_MESSAGE = TipMessage._meta.get_field("text").max_length

STORY_HINT = (
    "Ai làm gì, bằng cách nào, vì sao ông/bà biết. Biết đến đâu ghi đến đó. "
    "Nếu không muốn lộ mình là ai, đừng ghi điều chỉ mình ông/bà biết."
)
FILES_HINT = (
    f"Nhiều nhất {files.MOST_FILES} tệp, mỗi tệp không quá 8 MB: JPEG, PNG, WebP, PDF, MP4, MP3. "
    "Tên tệp không được giữ; nơi chụp, loại máy ghi trong ảnh được xóa. "
    "Trong PDF, video, ghi âm có thể còn tên máy, nơi quay."
)
CODE_HINT = (
    "Mười tiếng, không cần dấu, không phân biệt chữ hoa. Ví dụ: ke-đi ghe-ngu khui-to xam-cheo pha-ba."
)


class PlaceForm(PortalForm):
    """Where it happened: the province from a list; the commune by a name, also an old one, if one likes."""

    province = forms.ChoiceField(
        label="Tỉnh, thành phố", error_messages={"required": "Chọn tỉnh, thành phố."}
    )
    commune_name = forms.CharField(
        label="Xã, phường, đặc khu",
        required=False,
        max_length=120,
        help_text="Tên mới hoặc tên cũ, không cần dấu. Để trống thì chọn trong danh sách ở bước sau.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.provinces = list(offered_units(Level.PROVINCE))
        names = [(unit.code, unit.full_name) for unit in self.provinces]
        self.fields["province"].choices = [("", "– Chọn –"), *names]

    @property
    def chosen(self):
        return next(unit for unit in self.provinces if unit.code == self.cleaned_data["province"])


class FilesInput(forms.FileInput):
    """Takes several files. They are judged one by one by the view, whatever the rest of the form says."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return None


class StoryForm(AsksAboutSecrets, PortalForm):
    """What happened, where, when, and files."""

    unit = forms.ChoiceField(
        label="Xã, phường, đặc khu nơi xảy ra", error_messages={"required": "Chọn xã, phường, đặc khu."}
    )
    category = forms.ChoiceField(
        label="Về việc gì",
        choices=list(PLAIN.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một loại việc; không chắc thì chọn loại gần nhất."},
    )
    story = forms.CharField(
        label="Chuyện gì xảy ra",
        max_length=LONGEST_STORY,
        help_text=STORY_HINT,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": "Ghi chuyện gì xảy ra."},
    )
    place = forms.CharField(
        label="Ở đâu",
        required=False,
        max_length=LONGEST_PLACE,
        help_text="Thôn, tổ dân phố, số nhà, gần chỗ nào.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    time_text = forms.CharField(
        label="Khi nào",
        required=False,
        max_length=LONGEST_TIME,
        help_text="Ví dụ: tối thứ Bảy tuần trước; khoảng 23 giờ, mấy đêm nay.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    about_officer = forms.BooleanField(
        label="Có liên quan đến cán bộ Công an xã, phường nơi này",
        required=False,
        help_text="Đánh dấu thì Công an tỉnh, thành phố tiếp nhận; Công an xã, phường không xem được.",
    )
    files = forms.FileField(
        label="Ảnh, tài liệu, video, ghi âm",
        required=False,
        help_text=FILES_HINT,
        widget=FilesInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf,.mp4,.mp3"}),
    )
    contact_name = forms.CharField(label=CONTACT["contact_name"], required=False, max_length=100)
    contact_phone = forms.CharField(
        label=CONTACT["contact_phone"],
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    contact_other = forms.CharField(
        label=CONTACT["contact_other"],
        required=False,
        max_length=300,
        help_text="Địa chỉ, thư điện tử, giờ tiện gọi.",
    )

    def __init__(self, *args, units, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.units = list(units)
        self.fields["unit"].choices = _unit_choices(self.units, found)
        for name in CONTACT:
            self.fields[name].widget.attrs["autocomplete"] = "off"
            if not settings.TIP_CONTACT_KEY:  # nobody could open them
                del self.fields[name]

    @property
    def contact_fields(self) -> list:
        return [self[name] for name in CONTACT if name in self.fields]

    @property
    def chosen(self):
        return next(unit for unit in self.units if str(unit.pk) == self.cleaned_data["unit"])

    @property
    def answers(self) -> dict:
        """What was said, as plain values that can be sealed and shown again."""
        kept = ("unit", "category", "story", "place", "time_text", "about_officer", *CONTACT)
        return {name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}


class TakenInForm(StoryForm):
    """The same as an officer notes it for a person who came or called."""

    class Channels(TextChoices):
        IN_PERSON = Channel.IN_PERSON.value, Channel.IN_PERSON.label
        PHONE = Channel.PHONE.value, Channel.PHONE.label

    channel = forms.ChoiceField(
        label="Người cung cấp", choices=Channels, widget=forms.RadioSelect, initial=Channel.IN_PERSON.value
    )

    @property
    def answers(self) -> dict:
        return super().answers | {"channel": self.cleaned_data.get("channel", "")}


class CodeForm(PortalForm):
    """A code, typed as it was written down."""

    code = forms.CharField(
        label="Mã theo dõi",
        max_length=codes.LONGEST,
        help_text=CODE_HINT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Nhập mã."},
    )


class AnswerForm(AsksAboutSecrets, PortalForm):
    """What the sender writes back."""

    text = forms.CharField(
        label="Trả lời, hoặc bổ sung",
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "Ghi nội dung trả lời."},
    )


def communes_of(province) -> list:
    """Today's communes of a province, in Vietnamese order."""
    return list(offered_units(Level.COMMUNE, province))


def found_by_name(province, text: str) -> tuple[list, object]:
    """(communes that the typed name may mean, the one it says exactly or None)."""
    found = offered_units(Level.COMMUNE, province).search(text, MOST_FOUND) if text.strip() else []
    return found, the_one_meant(found, text)


def _unit_choices(units, found) -> list:
    if not found:
        return [("", "– Chọn –"), *((str(unit.pk), unit.full_name) for unit in units)]
    keys = {unit.pk for unit in found}
    likely = [(str(u.pk), f"{u.full_name} ({u.found_as})" if u.found_as else u.full_name) for u in found]
    others = [(str(unit.pk), unit.full_name) for unit in units if unit.pk not in keys]
    return [("", "– Chọn –"), ("Tìm thấy theo tên", likely), ("Các xã, phường, đặc khu khác", others)]
