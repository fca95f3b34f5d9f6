"""Entry forms of an awareness session: one session, or several sessions of one half month in one record."""

from django import forms
from django.utils import timezone

from programs.activities.forms import ActivityForm
from programs.activities.slots import slot_of, slot_range
from programs.awareness.models import AwarenessSession, SessionForm, Topic

HALF_MONTH = "từ 01 đến 14 hoặc từ 15 đến cuối tháng"


class AwarenessSessionForm(ActivityForm):
    """One session on one day."""

    day_field = "held_on"
    first = ("held_on", "title", "attendances", "topics", "areas")
    rest = ("form", "audience", "valuable_tips", "narrative")
    limits = {"session_count": (1, 1000), "attendances": (0, 10_000_000), "valuable_tips": (0, 100_000)}

    topics = forms.MultipleChoiceField(
        label="Chủ đề", choices=Topic, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AwarenessSession
        fields = (
            "held_on",
            "title",
            "attendances",
            "topics",
            "form",
            "audience",
            "valuable_tips",
            "narrative",
        )
        labels = {"title": "Nội dung tuyên truyền"}
        help_texts = {"title": "Ví dụ: Tuyên truyền quản lý, sử dụng pháo dịp Tết."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("form", SessionForm.GATHERING)


class GroupedAwarenessForm(AwarenessSessionForm):
    """Several sessions on one theme inside one half month, entered as one record."""

    first = ("session_count", "held_on", "held_to", "title", "attendances", "topics", "areas")

    class Meta(AwarenessSessionForm.Meta):
        fields = ("session_count", "held_to", *AwarenessSessionForm.Meta.fields)
        labels = AwarenessSessionForm.Meta.labels | {"held_on": "Từ ngày", "held_to": "Đến ngày"}
        help_texts = AwarenessSessionForm.Meta.help_texts | {
            "held_to": f"Cùng một nửa tháng với “Từ ngày”: {HALF_MONTH}.",
            "attendances": "Tổng của tất cả các buổi. Để trống nếu không thống kê được.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_to"].required = True
        if not self.instance.pk:
            today = timezone.localdate()
            start, _ = slot_range(slot_of(today))
            self.initial |= {"session_count": None, "held_on": start, "held_to": today}

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("held_on"), cleaned.get("held_to")
        if start and end and end < start:
            self.add_error("held_to", "“Đến ngày” không được trước “Từ ngày”.")
        elif start and end and slot_of(start) != slot_of(end):
            self.add_error(
                "held_to", f"Các buổi phải nằm trong một nửa tháng: {HALF_MONTH}. Tách thành nhiều lần nhập."
            )
        return cleaned


AwarenessSessionForm.grouped_form = GroupedAwarenessForm
