"""Entry form of patrols."""

from programs.activities.held_forms import HeldForm, several
from programs.grassroots.patrols.model import LIMITS, Force, Patrol


class PatrolForm(HeldForm):
    """One shift, or the shifts of one half month."""

    first = ("held_on", "title", "shift_count", "turnouts", "areas")
    rest = ("held_to", "area_tag", "forces", "narrative")
    limits = LIMITS

    forces = several("Lực lượng tham gia", Force)

    class Meta:
        model = Patrol
        fields = (
            *("held_on", "title", "shift_count", "turnouts"),
            *("held_to", "area_tag", "forces", "narrative"),
        )
        labels = {"title": "Nội dung tuần tra"}
        help_texts = {
            "title": "Ví dụ: Tuần tra đêm bảo vệ khu dân cư.",
            "turnouts": "Tổng lượt người của tất cả các ca. Để trống nếu không thống kê được.",
        }
