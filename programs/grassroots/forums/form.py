"""Entry form of forums: what is still open is reckoned where it was left empty."""

from programs.activities.held_forms import HeldForm
from programs.grassroots.forums.model import DO_NOT_ADD_UP, LIMITS, OUTCOMES, ListeningForum


class ListeningForumForm(HeldForm):
    """One forum with its opinions."""

    first = ("held_on", "title", "attendances", "opinions", "answered", "passed_on", "areas")
    rest = ("pending", "held_to", "narrative")
    limits = LIMITS

    class Meta:
        model = ListeningForum
        fields = (
            *("held_on", "title", "attendances", "opinions", "answered", "passed_on"),
            *("pending", "held_to", "narrative"),
        )
        labels = {"title": "Tên diễn đàn"}
        help_texts = {
            "title": "Ví dụ: Công an lắng nghe ý kiến nhân dân.",
            "opinions": "Để trống nếu không thống kê được.",
            "pending": "Để trống thì tự tính: số ý kiến trừ đã trả lời và đã chuyển.",
            "held_to": "Chỉ khi diễn đàn kéo dài nhiều ngày.",
        }

    def clean(self):
        cleaned = super().clean()
        if self.errors.keys() & {"opinions", *OUTCOMES}:
            return cleaned
        opinions, given = cleaned.get("opinions"), {name: cleaned.get(name) for name in OUTCOMES}
        if opinions is None and any(value is not None for value in given.values()):
            self.add_error("opinions", "Ghi tổng số ý kiến, hoặc để trống cả phần kết quả.")
        elif opinions is not None:
            self._settle(opinions, given)
        return cleaned

    def _settle(self, opinions: int, given: dict) -> None:
        done = (given["answered"] or 0) + (given["passed_on"] or 0)
        pending = opinions - done if given["pending"] is None else given["pending"]
        if pending < 0 or done + pending != opinions:
            self.add_error("opinions", DO_NOT_ADD_UP)
            return
        self.cleaned_data |= {
            "answered": given["answered"] or 0,
            "passed_on": given["passed_on"] or 0,
            "pending": pending,
        }
