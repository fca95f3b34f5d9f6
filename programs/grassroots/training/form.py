"""Entry form of training classes."""

from programs.activities.held_forms import HeldForm
from programs.grassroots.training.model import COHORTS, LIMITS, TrainingClass


class TrainingClassForm(HeldForm):
    """One class, with its trainees by cohort."""

    first = ("held_on", "title", "subject", *COHORTS)
    rest = ("held_to", "class_count", "areas", "narrative")
    limits = LIMITS

    class Meta:
        model = TrainingClass
        fields = ("held_on", "title", "subject", *COHORTS, "held_to", "class_count", "narrative")
        labels = {"title": "Nội dung tập huấn"}
        help_texts = {
            "held_to": "Chỉ khi lớp kéo dài nhiều ngày. Lớp được tính vào ngày khai mạc.",
            "trainees_core": "Tổ bảo vệ an ninh, trật tự và lực lượng nòng cốt khác. Để trống nếu không có.",
        }
