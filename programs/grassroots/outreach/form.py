"""Entry form of warnings, cases handled, education and after-care."""

from programs.activities.held_forms import HeldForm
from programs.grassroots.outreach.model import LIMITS, OutreachCount


class OutreachCountForm(HeldForm):
    """A count of one kind."""

    title_from = "work"
    first = ("held_on", "work", "amount", "areas")
    rest = ("title", "held_to", "narrative")
    limits = LIMITS

    class Meta:
        model = OutreachCount
        fields = ("held_on", "work", "amount", "title", "held_to", "narrative")
        labels = {"title": "Nội dung"}
        help_texts = {"amount": "Chỉ ghi số lượng, không ghi họ tên, không lập danh sách người."}
