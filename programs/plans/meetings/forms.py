"""The form of a meeting."""

from portal.ui.forms import Folded, Layout
from programs.coordination.models import CoordinationProgram
from programs.plans.actions import replace_links
from programs.plans.fields import LinesField, ProgrammesField
from programs.plans.forms import UnitRowForm, lines
from programs.plans.meetings.model import Meeting, MeetingProgramme
from programs.plans.reach import binding_programmes


class MeetingForm(UnitRowForm):
    """One meeting about one or several programmes."""

    programmes = ProgrammesField(CoordinationProgram.objects.none(), label="Về các chương trình")
    chairs: LinesField = lines(Meeting, "chairs", most_lines=10)
    points: LinesField = lines(Meeting, "points")
    past = ("held_on",)

    class Meta:
        model = Meeting
        fields = [
            *("kind", "title", "held_on", "mode", "place", "chairs", "point_count"),
            *("points", "attending", "outcome", "source"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programmes"].queryset = binding_programmes(self.user)
        if self.is_new:
            self.initial.setdefault("programmes", [self.parent.pk])
        else:
            self.initial["programmes"] = list(self.instance.links.values_list("programme", flat=True))
        first = (
            "client_token",
            "revision",
            "unit",
            "kind",
            "title",
            "held_on",
            "programmes",
            "chairs",
            "mode",
        )
        online = Folded("Họp trực tuyến: các điểm cầu", "point_count", "points")
        names = [name for name in first if name in self.fields]
        self.helper.layout = Layout(*names, online, "place", "attending", "outcome", "source")

    def clean(self):
        cleaned = super().clean()
        points = [line for line in (cleaned.get("points") or "").splitlines() if line]
        if cleaned.get("point_count") and len(points) > cleaned["point_count"]:
            self.add_error("point_count", "Số điểm cầu ít hơn số điểm cầu đã ghi tên.")
        return cleaned

    def after(self, row) -> None:
        replace_links(rows=row.links.all(), model=MeetingProgramme, column="programme",
                      wanted=self.cleaned_data["programmes"], meeting=row)  # fmt: skip
