"""The forms of certification: registering many at once, assessment, result, number of subjects."""

from django import forms
from django.utils import timezone

from models_registry.fields import AreasField, CommuneField
from models_registry.forms import PastForm, PlaceForm, RemovalForm
from models_registry.models import (
    CertificationBase,
    GradeLevel,
    MovementGrading,
    Result,
    SafetyCertification,
    SubjectKind,
)
from models_registry.reach import communes_to_write_for
from models_registry.safety.actions import OUTCOME
from portal.ui.forms import PortalForm, PortalModelForm
from portal.units.models import AdminUnit, ResidentialArea

FIRST_YEAR = 2022  # Thông tư 124/2021/TT-BCA holds since 2022
MOST_NAMES = 200


def years() -> list[tuple[str, str]]:
    """The coming year, whose window may have begun, back to the first one."""
    return [(str(year), str(year)) for year in range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)]


class SafetyFilterForm(PlaceForm):
    """The filters above the subjects; the year holds for the rates too."""

    year = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *SubjectKind.choices]
    )
    result = forms.ChoiceField(label="Kết quả", required=False, choices=[("", "Tất cả"), *Result.choices])
    q = forms.CharField(label="Tìm theo tên", required=False, max_length=100)

    field_order = ["year", "kind", "result", "q", "unit"]

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.fields["year"].choices = [("", "Năm nay"), *years()]


class OwnCommuneForm(PastForm):
    """A form that asks for which of the own communes; one alone is chosen already."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = communes_to_write_for(user)
        self.fields["unit"].queryset = self.units
        self.initial.setdefault("unit", next(iter(self.units.filter(valid_to=None)), None))


class RegisterForm(OwnCommuneForm, PortalForm):
    """Register subjects of one kind for a year: areas by ticking, others by a name a line."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị", empty_label=None)
    registered_on = forms.DateField(label="Ngày đăng ký")
    areas = AreasField(queryset=ResidentialArea.objects.none(), label="Khu dân cư")
    names = forms.CharField(
        label="Tên từng đối tượng",
        max_length=20_000,
        widget=forms.Textarea,
        help_text="Mỗi tên một dòng. Đối tượng đã đăng ký thì giữ nguyên, không ghi lần hai.",
    )

    def __init__(self, *args, kind: str, year: int, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        if kind != SubjectKind.AREA:
            del self.fields["areas"]
        else:
            self.fields["areas"].queryset = self._open_areas(year)
        if kind in (SubjectKind.AREA, SubjectKind.COMMUNE):
            del self.fields["names"]

    def _open_areas(self, year):
        """Today's areas of the own communes that have not registered for the year."""
        taken = SafetyCertification.objects.filter(year=year, area__isnull=False).values("area")
        areas = ResidentialArea.objects.today().filter(unit__today_unit__in=self.units.values("today_unit"))
        return areas.exclude(pk__in=taken).order_by("sort_key", "pk")

    def clean_names(self) -> list[str]:
        names = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["names"].splitlines()))))
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("Mỗi tên không quá 200 ký tự.")
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Mỗi lần không quá {MOST_NAMES} tên.")
        return names


class Revised(PastForm, PortalForm):
    """`revision` is what the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, certification, **kwargs):
        super().__init__(*args, **kwargs)
        self.certification = certification
        self.fields["revision"].localize = self.fields["revision"].widget.is_localized = False
        self.initial["revision"] = str(certification.revision)


class AssessmentForm(Revised):
    """A day, and for each criterion whether it is met."""

    assessed_on = forms.DateField(label="Ngày tự đánh giá")

    def __init__(self, *args, criteria: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self.initial["assessed_on"] = self.certification.assessed_on
        before = {answer.criterion: answer.is_met for answer in self.certification.answers.all()}
        for place, criterion in enumerate(criteria, 1):
            self.fields[f"criterion_{place}"] = forms.ChoiceField(
                label=f"{place}. {criterion}",
                choices=[("yes", "Đạt"), ("no", "Chưa đạt")],
                widget=forms.RadioSelect,
            )
            if criterion in before:
                self.initial[f"criterion_{place}"] = "yes" if before[criterion] else "no"

    def answers(self) -> list[tuple[str, bool]]:
        return [
            (criterion, self.cleaned_data[f"criterion_{place}"] == "yes")
            for place, criterion in enumerate(self.criteria, 1)
        ]


class OutcomeForm(PastForm, PortalForm):
    """The result with the number and the day of the decision."""

    result = forms.ChoiceField(label="Kết quả", choices=Result.choices)
    grade = forms.ModelChoiceField(GradeLevel.objects.none(), label="Xếp loại", required=False)
    decision_number = forms.CharField(label="Số quyết định", required=False, max_length=60)
    decided_on = forms.DateField(label="Ngày quyết định", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        grades = GradeLevel.objects.filter(scheme="certification", is_used=True)
        self.fields["grade"].queryset = grades
        if not grades:
            del self.fields["grade"]
        for name in ("decision_number", "decided_on"):
            self.fields[name].help_text = "Bắt buộc khi kết quả là “Đạt”."

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("result") == Result.MET:
            for name in ("decision_number", "decided_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "“Đạt” phải có số và ngày quyết định.")
        return cleaned

    def outcome(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in OUTCOME}


class DecisionForm(Revised, OutcomeForm):
    """The result of one subject."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {name: getattr(self.certification, name) for name in OUTCOME}


class CancelForm(RemovalForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do hủy đăng ký"
        self.fields["reason"].help_text = "Đăng ký bị hủy không tính vào số liệu, vẫn nằm trong lịch sử."


class BaseForm(OwnCommuneForm, PortalModelForm):
    """How many subjects there are; what is known already is corrected, with its history."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị", empty_label=None)
    kind = forms.ChoiceField(
        label="Đối tượng", choices=[c for c in SubjectKind.choices if c[0] != SubjectKind.COMMUNE]
    )

    class Meta:
        model = CertificationBase
        fields = ["unit", "kind", "total", "left_out"]

    def __init__(self, *args, last_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = self.units.on(last_day)
        self.fields["unit"].queryset = self.units


class GradingForm(OwnCommuneForm, PortalModelForm):
    """The yearly grading of the movement."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị", empty_label=None)

    class Meta:
        model = MovementGrading
        fields = ["unit", "grade", "decision_number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = GradeLevel.objects.filter(scheme="movement", is_used=True)
        self.fields["grade"].queryset = levels.order_by("place", "pk")
