"""Entry form of a festival, and the choice of year and festival on the page of coverage."""

from programs.activities.held_forms import HeldForm, several
from programs.festivals.models import LIMITS, OUTSIDE, FestivalEvent, Holder, Part


class FestivalEventForm(HeldForm):
    """One event, with the areas that it covers."""

    first = ("held_on", "festival", "holder", "areas", "parts", "title", "attendances")
    rest = ("holder_name", "gifts", "gift_value", "held_to", "narrative")
    limits = LIMITS

    parts = several(
        "Nội dung, hình thức",
        Part,
        help_text="Không có phần lễ và phần hội (như năm 2020, 2021) là tổ chức bằng hình thức khác.",
    )

    class Meta:
        model = FestivalEvent
        fields = (
            *("held_on", "festival", "holder", "parts", "title", "attendances"),
            *("holder_name", "gifts", "gift_value", "held_to", "narrative"),
        )
        labels = {"title": "Tên, chủ đề ngày hội"}
        help_texts = {
            "title": "Ví dụ: Ngày hội Toàn dân bảo vệ an ninh Tổ quốc năm 2026.",
            "holder_name": "Chỉ khi cơ quan, doanh nghiệp, nhà trường tổ chức. Không ghi họ tên người.",
            "held_to": "Chỉ khi kéo dài nhiều ngày. Được tính vào ngày đầu.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].required = True
        self.fields["parts"].error_messages["required"] = "Chọn ít nhất một nội dung, hình thức tổ chức."
        self.fields[
            "areas"
        ].help_text = (
            "Khu dân cư tổ chức thì chọn các khu cùng tổ chức: chỉ khu được chọn mới tính là đã tổ chức."
        )

    def clean(self):
        cleaned = super().clean()
        holder = cleaned.get("holder")
        if holder:
            self._match_areas(holder, cleaned)
            self._match_name(holder, (cleaned.get("holder_name") or "").strip())
        return cleaned

    def _match_areas(self, holder, cleaned) -> None:
        if "areas" not in cleaned:
            return
        if holder == Holder.AREAS and not cleaned["areas"]:
            self.add_error("areas", "Chọn khu dân cư đã tổ chức ngày hội.")
        elif holder != Holder.AREAS and cleaned["areas"]:
            self.add_error("areas", "Chỉ chọn khu dân cư khi nơi tổ chức là khu dân cư.")

    def _match_name(self, holder, name: str) -> None:
        if holder in OUTSIDE and not name:
            self.add_error("holder_name", "Ghi tên cơ quan, doanh nghiệp, nhà trường đã tổ chức.")
        elif holder not in OUTSIDE and name:
            self.add_error("holder_name", "Chỉ ghi khi cơ quan, doanh nghiệp, nhà trường tổ chức.")
