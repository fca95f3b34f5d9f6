"""The forms of what is done about the nation's programmes, for the admin: its rows have no unit."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.files.errors import Refused
from portal.ui.forms import FUTURE
from programs.coordination.models import CoordinationProgram
from programs.plans.awards.model import Award
from programs.plans.ceremonies.forms import SignatoriesField
from programs.plans.ceremonies.model import SignedAgreement, SigningCeremony
from programs.plans.documents import files
from programs.plans.documents.forms import file_field
from programs.plans.documents.model import GuidingDocument
from programs.plans.fields import LinesField
from programs.plans.forms import lines
from programs.plans.joint.indicators import choices_for
from programs.plans.joint.model import JointPlan, PlanTask, Target
from programs.plans.meetings.model import Meeting

ALREADY = "Dòng này đã được lưu ở lần gửi trước: mở danh sách để xem."
OVERTAKEN = "Dòng này vừa được người khác sửa. Mở lại trang để xem nội dung mới rồi sửa."


class NationalForm(forms.ModelForm):
    """A row of the country, once however often it is sent; a mistaken one is removed with a reason."""

    token = forms.UUIDField(label="", widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(label="", widget=forms.HiddenInput, required=False, localize=False)
    removal = forms.CharField(
        label="Gỡ vì ghi nhầm",
        required=False,
        min_length=5,
        max_length=500,
        help_text="Chỉ điền khi gỡ hẳn dòng này khỏi cổng: lý do, ví dụ: nhập trùng. Lịch sử vẫn giữ.",
    )
    past: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("token", uuid.uuid4())
        else:
            self.initial["seen"] = str(self.instance.revision)
        if "programme" in self.fields:
            self.fields["programme"].queryset = CoordinationProgram.objects.filter(unit=None)

    def clean(self):
        cleaned = super().clean()
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, FUTURE)
        if self.instance.pk is None:
            self._clean_new(cleaned.get("token"))
        elif cleaned.get("seen") != self.instance.revision:
            raise ValidationError(OVERTAKEN)
        return cleaned

    def _post_clean(self):
        """Rules in which unit and removal have a part, too, though no field of the form says so."""
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints(
                exclude=self._get_validation_exclusions() - {"unit", "removed_at"}
            )
        except ValidationError as refused:
            self._update_errors(refused)

    def _clean_new(self, token) -> None:
        if token and type(self.instance).objects.filter(client_token=token).exists():
            raise ValidationError(ALREADY)
        self.instance.client_token = token or uuid.uuid4()


class NationalDocumentForm(NationalForm):
    """With its file; a new file takes the place of the one before."""

    other_numbers: LinesField = lines(GuidingDocument, "other_numbers", longest=60)
    file = file_field()
    past = ("issued_on",)

    class Meta:
        model = GuidingDocument
        fields = ["programme", "kind", "number", "other_numbers", "issued_on", "issuer", "abstract"]

    def clean(self):
        """The file last: it is written at once, and a row that is refused leaves it to the sweep."""
        cleaned = super().clean()
        if cleaned.get("file") and not self.errors:
            try:
                content, kind = files.judged(cleaned["file"])
                files.attach(self.instance, content, kind, cleaned["file"].name)
            except Refused as refusal:
                self.add_error("file", refusal.message)
        return cleaned


class NationalPlanForm(NationalForm):
    issuers: LinesField = lines(JointPlan, "issuers", most_lines=10)
    past = ("signed_on",)

    class Meta:
        model = JointPlan
        fields = [
            *("programme", "number", "title", "issuers", "signed_on", "starts_on", "ends_on"),
            *("state", "aim", "source"),
        ]


class NationalTaskForm(forms.ModelForm):
    class Meta:
        model = PlanTask
        fields = ["what", "who", "due_on", "done_on", "result"]

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day


class NationalTargetForm(forms.ModelForm):
    """`plan`: whose indicators are offered, given by the admin."""

    indicator = forms.ChoiceField(label="Chỉ tiêu")
    amount = forms.DecimalField(label="Phấn đấu đạt", max_digits=18, decimal_places=3, localize=True)
    plan: JointPlan | None = None

    class Meta:
        model = Target
        fields = ["indicator", "amount", "due_on", "reach", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        plan = self.plan or JointPlan(starts_on=today, ends_on=today)
        self.fields["indicator"].choices = [("", "Chọn…"), *choices_for(plan)]


class TargetFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        start = self.instance.starts_on
        for form in self.forms:
            day = form.cleaned_data.get("due_on") if form.is_valid() else None
            if start and day and day < start:
                form.add_error("due_on", "Hạn không được trước ngày bắt đầu của kế hoạch.")


class NationalMeetingForm(NationalForm):
    chairs: LinesField = lines(Meeting, "chairs", most_lines=10)
    points: LinesField = lines(Meeting, "points")
    past = ("held_on",)

    class Meta:
        model = Meeting
        fields = [
            *("kind", "title", "held_on", "mode", "place", "chairs", "point_count"),
            *("points", "attending", "outcome", "source"),
        ]


class NationalCeremonyForm(NationalForm):
    past = ("held_on",)

    class Meta:
        model = SigningCeremony
        fields = ["programme", "title", "held_on", "place", "note", "source"]


class NationalAgreementForm(forms.ModelForm):
    signatories = SignatoriesField()

    class Meta:
        model = SignedAgreement
        fields = ["number", "title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["signatories"] = SignatoriesField.text_of(self.instance)


class NationalAwardForm(NationalForm):
    institutions: LinesField = lines(Award, "institutions")
    past = ("awarded_on",)

    class Meta:
        model = Award
        fields = [
            *("programme", "form", "issuer", "recipient", "count", "awarded_on"),
            *("decision_number", "institutions", "source"),
        ]
