"""What people write on report pages. Each keeps what was typed when it is refused."""

from django import forms

from portal.secrecy.forms import AsksAboutSecrets
from portal.ui.forms import DayField, Folded, Layout, PortalForm
from programs.activities.indicators import INDICATORS
from reports.calendar import Period
from reports.obligations import NOT_PERIODIC, closed_periods
from reports.windows import period_from_key

TEXT_LIMIT = 20_000
REASON_LIMIT = 1_000
PERIODS_OFFERED = 12


class SectionForm(AsksAboutSecrets, PortalForm):
    """A section's remarks. `revision`: of the text that was on the screen when the typing began."""

    submit_label = "Lưu nhận xét"
    text = forms.CharField(
        label="Nhận xét",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Viết theo văn phong báo cáo. Không ghi họ tên người dân, không ghi tin bí mật nhà nước.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ConfirmForm(PortalForm):
    """The password again, and the content (SHA-256) that was on the screen when it was typed."""

    submit_label = "Xác nhận số liệu"
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Nhập lại mật khẩu đăng nhập của bạn để xác nhận.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class AnswerForm(AsksAboutSecrets, PortalForm):
    submit_label = "Gửi trả lời"
    answer = forms.CharField(
        label="Trả lời",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Giải trình ngắn gọn: vì sao số liệu như vậy, hoặc đã sửa gì.",
    )


class ReturnForm(AsksAboutSecrets, forms.Form):
    """A reason for each line or section that must be mended; at least one of them."""

    NOTHING = "Ghi lý do ở ít nhất một dòng số liệu hoặc một mục nhận xét."

    def __init__(self, *args, content, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.targets = {f"line-{line['indicator']}": line["name"] for line in content["lines"]}
        self.targets |= {f"section-{section['key']}": section["title"] for section in content["sections"]}
        for name, label in self.targets.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=REASON_LIMIT,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    def clean(self):
        super().clean()
        if not self.errors and not self.notes:
            raise forms.ValidationError(self.NOTHING)
        return self.cleaned_data

    @property
    def notes(self) -> list[tuple[str, str]]:
        """(slug of the line or key of the section, reason) of each field that was filled."""
        return [
            (name.split("-", 1)[1], self.cleaned_data[name].strip())
            for name in self.targets
            if self.cleaned_data.get(name, "").strip()
        ]


class OverviewForm(forms.Form):
    """Which window and which figure a province looks at; nonsense in the address is the default."""

    def __init__(self, opened, data):
        super().__init__(data, label_suffix="", auto_id="id_%s")
        pick = forms.Select(attrs={"class": "form-select"})
        self.fields["ky"] = forms.ChoiceField(
            label="Kỳ báo cáo", required=False, choices=[(w.key, w.label) for w in opened], widget=pick
        )
        self.fields["chi-tieu"] = forms.ChoiceField(
            label="So sánh chỉ tiêu",
            required=False,
            choices=[(each.slug, each.name) for each in INDICATORS],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.full_clean()

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name, "")


class OpenPeriodForm(PortalForm):
    """A closed period of one of the communes' obligations. Stages and free ranges need their days."""

    submit_label = "Mở kỳ báo cáo"
    NEEDS_DAYS = "Loại báo cáo này cần cả từ ngày và đến ngày."
    ky = forms.ChoiceField(label="Kỳ báo cáo", help_text="Chỉ mở được kỳ đã kết thúc.")
    start = DayField(label="Từ ngày", required=False, help_text="Chỉ ghi với báo cáo giai đoạn, chuyên đề.")
    end = DayField(label="Đến ngày", required=False)

    layout = Layout("ky", Folded("Báo cáo giai đoạn, nhiều tháng, chuyên đề: chọn ngày", "start", "end"))

    def __init__(self, *args, obligations, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.obligations = {str(each.pk): each for each in obligations}
        self.fields["ky"].choices = [("", "Chọn kỳ báo cáo"), *period_choices(obligations, today)]

    def clean(self):
        number, _, key = self.cleaned_data.get("ky", "").partition("@")
        self.obligation = self.obligations.get(number)
        if self.obligation:
            self.period = period_from_key(key) if key else self._free_period()
        return self.cleaned_data

    def _free_period(self):
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if not (start and end):
            self.add_error("start", self.NEEDS_DAYS)
            return None
        try:
            return Period(self.obligation.report_type.period_kind, self.obligation.calendar, start, end)
        except ValueError as refusal:
            self.add_error("start", str(refusal))
            return None


def period_choices(obligations, today) -> list:
    """Groups of choices: of each obligation its latest closed periods, or one choice that takes days."""
    groups = (
        (f"{each.report_type.name} ({each.programme.number})", _choices(each, today)) for each in obligations
    )
    return [(label, choices) for label, choices in groups if choices]


def _choices(obligation, today) -> list[tuple[str, str]]:
    if obligation.report_type.period_kind in NOT_PERIODIC:
        return [(f"{obligation.pk}@", f"{obligation.report_type.name}: ghi từ ngày, đến ngày")]
    return [
        (f"{obligation.pk}@{period.key}", f"{period.label}, {period.data_range_label}")
        for period in closed_periods(obligation, today)[:PERIODS_OFFERED]
    ]
