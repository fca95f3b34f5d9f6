"""Entry form of tips counted elsewhere."""

from programs.activities.held_forms import HeldForm
from programs.grassroots.tip_counts.model import LIMITS, VALUABLE_WITHIN, TipCount


class TipCountForm(HeldForm):
    """So many tips by one channel, of one category or not classified."""

    title_from = "channel"
    first = ("held_on", "channel", "category", "total", "valuable")
    rest = ("title", "held_to", "areas", "narrative")
    limits = LIMITS

    class Meta:
        model = TipCount
        fields = ("held_on", "channel", "category", "total", "valuable", "title", "held_to", "narrative")
        labels = {"title": "Nội dung"}
        help_texts = {
            "category": "Để trống nếu chưa phân loại.",
            "total": "Không ghi lại tin đã ghi ở buổi tuyên truyền: tin đó có chỉ tiêu riêng. "
            "Chỉ ghi số lượng, không ghi nội dung tin và người báo tin.",
            "valuable": "Để trống nếu chưa đánh giá.",
        }

    def clean(self):
        cleaned = super().clean()
        self.part_within("valuable", "total", VALUABLE_WITHIN)
        return cleaned
