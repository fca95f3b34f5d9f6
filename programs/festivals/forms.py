"""Entry form of a festival, and the choice of year and festival on the page of coverage."""

from django import forms
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.ui.forms import PortalForm
from portal.units.models import AdminUnit
from programs.activities.held_forms import HeldForm, several
from programs.festivals.coverage import Season, season_of
from programs.festivals.models import LIMITS, OUTSIDE, Festival, FestivalEvent, Holder, Part

# The first programme began in 2013. From October on it is the autumn's festival that is asked about.
FIRST_YEAR, UNITY_FROM = 2013, 10


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


class CommuneChoice(forms.ModelChoiceField):
    """Communes by name; no query for the province behind each name."""

    def label_from_instance(self, unit):
        return unit.full_name


class CoverageForm(PortalForm):
    """Which festival of which year, and where: a GET form. What cannot be read says so and is left at its
    usual choice."""

    festival = forms.ChoiceField(label="Ngày hội", required=False, choices=Festival.choices)
    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    unit = CommuneChoice(AdminUnit.objects.none(), label="Đơn vị", required=False, empty_label="Tất cả")

    def __init__(self, data, *, user):
        self.asked, self.today = data, timezone.localdate()
        super().__init__(self._usual() | data.dict(), auto_id="loc_%s")
        years = range(self.today.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.scope = scope_of(user, Permission.LOG_VIEW)
        communes = AdminUnit.objects.today().communes().filter(self.scope.as_q("pk"))
        self.fields["unit"].queryset = communes.order_by("sort_key", "pk")
        if len(self.scope.communes) == 1 and not self.scope.provinces:
            del self.fields["unit"]
        self.is_valid()

    def _usual(self) -> dict:
        """This year's festival whose time has come."""
        festival = Festival.UNITY if self.today.month >= UNITY_FROM else Festival.SECURITY
        return {"festival": festival.value, "year": str(self.today.year)}

    @property
    def in_use(self) -> bool:
        return any(self.asked.get(name) for name in self.fields)

    @property
    def season(self) -> Season:
        found = self._usual() | {name: value for name, value in self.cleaned_data.items() if value}
        return season_of(found["festival"], int(found["year"]), today=self.today)

    @property
    def place(self) -> AdminUnit | None:
        """The commune that was asked for; else the own province, or the own (first) commune."""
        ids = self.scope.provinces or self.scope.communes
        own = AdminUnit.objects.filter(pk__in=ids).order_by("sort_key", "pk")
        return self.cleaned_data.get("unit") or own.first()
