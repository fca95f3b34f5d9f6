"""Entry form of a mediation: received and concluded on days of their own."""

from django import forms

from programs.activities.forms import ActivityForm
from programs.grassroots.models import Mediation, Outcome, TeamMember


class MediationForm(ActivityForm):
    """One conflict taken up for mediation, and how it ended."""

    day_field = "received_on"
    first = ("received_on", "title", "dispute_kind", "outcome", "concluded_on", "areas")
    rest = ("team", "case_count", "narrative")
    limits = {"case_count": (1, 10_000)}
    not_copied = ("outcome",)

    team = forms.MultipleChoiceField(
        label="Thành phần tổ hòa giải",
        choices=TeamMember,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Mediation
        fields = (
            *("received_on", "title", "dispute_kind", "outcome", "concluded_on"),
            *("team", "case_count", "narrative"),
        )
        labels = {"title": "Nội dung vụ việc"}
        help_texts = {
            "title": "Ví dụ: Tranh chấp ranh giới đất giữa hai hộ. Không ghi họ tên.",
            "concluded_on": "Ngày hòa giải thành, không thành hoặc chuyển đi. Đang hòa giải thì để trống.",
            "case_count": "Nhiều vụ giống nhau, cùng ngày tiếp nhận, cùng kết quả.",
        }

    def clean(self):
        cleaned = super().clean()
        received, concluded = cleaned.get("received_on"), cleaned.get("concluded_on")
        if received and concluded and concluded < received:
            self.add_error("concluded_on", "Ngày kết thúc không được trước ngày tiếp nhận.")
        elif "concluded_on" in cleaned and cleaned.get("outcome"):
            self._match_outcome(cleaned["outcome"], concluded)
        return cleaned

    def _match_outcome(self, outcome, concluded) -> None:
        if outcome == Outcome.PENDING and concluded:
            self.add_error(
                "outcome",
                "Đã có ngày kết thúc thì chọn kết quả: thành, không thành hoặc chuyển cơ quan khác.",
            )
        if outcome != Outcome.PENDING and not concluded:
            self.add_error("concluded_on", "Vụ đã có kết quả phải ghi ngày kết thúc.")
