"""Which period a dashboard shows: chosen by the address, the last closed month unless it says otherwise."""

from datetime import date

from django import forms

from portal.ui.forms import DayField
from reports import calendar
from reports.calendar import Calendar, Kind, Period
from reports.windows import period_from_key

# How many periods of a kind are offered, the running one first.
OFFERED = {Kind.MONTH: 13, Kind.QUARTER: 5, Kind.HALF: 4, Kind.NINE_MONTHS: 2, Kind.YEAR: 4}
NAMES = {
    Kind.MONTH: "Tháng",
    Kind.QUARTER: "Quý",
    Kind.HALF: "6 tháng",
    Kind.NINE_MONTHS: "9 tháng",
    Kind.YEAR: "Năm",
}
CALENDARS = [(Calendar.DECREE, "Từ ngày 15 đến ngày 14"), (Calendar.PLAIN, "Tháng dương lịch")]


def offered(kind: Kind, kalendar: str, today: date) -> list[Period]:
    """The latest periods of a kind that have begun, the running one first."""
    period = calendar.running(kind, kalendar, today)
    found = []
    for _ in range(OFFERED[kind]):
        found.append(period)
        period = period.previous()
    return found


class PeriodForm(forms.Form):
    """The choice in the address. Nonsense in it falls back to the last closed month."""

    def __init__(self, data, *, today: date):
        super().__init__(data, label_suffix="", auto_id="id_%s")
        self.today = today
        self.kalendar = data.get("lich") if data.get("lich") in set(map(str, Calendar)) else Calendar.DECREE
        select = forms.Select(attrs={"class": "form-select"})
        self.fields["lich"] = forms.ChoiceField(
            label="Lịch", required=False, choices=CALENDARS, widget=select
        )
        self.fields["ky"] = forms.ChoiceField(
            label="Kỳ",
            required=False,
            choices=[
                (name, [(p.key, _with_days(p)) for p in offered(kind, self.kalendar, today)])
                for kind, name in NAMES.items()
            ],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields["tu"] = DayField(label="Hoặc từ ngày", required=False)
        self.fields["den"] = DayField(label="đến ngày", required=False)
        self.full_clean()

    def clean(self):
        start, end = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if start and end and start > end:
            self.add_error("den", "“Đến ngày” không được trước “từ ngày”.")
        return self.cleaned_data

    @property
    def period(self) -> Period:
        """Two days given are a range of their own; else the chosen period; else the last closed month."""
        start, end = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if start and end:
            return calendar.custom(start, end, self.kalendar)
        if key := self.cleaned_data.get("ky"):
            return period_from_key(key)
        return calendar.last_closed(Kind.MONTH, self.kalendar, self.today)


def _with_days(period: Period) -> str:
    return f"{period.label[:1].upper()}{period.label[1:]} ({period.start:%d/%m/%Y} – {period.end:%d/%m/%Y})"
