"""The forms of a joint plan, its tasks, its targets, and of the evidence for a task."""

from datetime import date

from django import forms
from django.db.models import Max

from portal.ui.forms import Folded, Layout, Plain, PortalForm
from programs.plans.fields import LinesField
from programs.plans.forms import RowForm, UnitRowForm, lines
from programs.plans.joint.indicators import choices_for
from programs.plans.joint.model import MOST_TARGETS, MOST_TASKS, JointPlan, PlanTask, Target


class PlanForm(UnitRowForm):
    issuers: LinesField = lines(JointPlan, "issuers", most_lines=10)
    past = ("signed_on",)

    class Meta:
        model = JointPlan
        fields = [
            *("number", "title", "issuers", "signed_on", "starts_on", "ends_on"),
            *("stage", "state", "aim", "source"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        programme = self.parent if self.is_new else self.instance.programme
        self.fields["stage"].queryset = programme.stages.order_by("starts_on")
        first = ("client_token", "revision", "unit", "number", "title", "issuers", "signed_on")
        names = [name for name in first if name in self.fields]
        rest = Folded("Thông tin thêm", "stage", "aim", "source")
        self.helper.layout = Layout(*names, "starts_on", "ends_on", "state", rest)


class PartForm(RowForm):
    """A part of a plan, put after those that are there."""

    most = 0

    @property
    def plan(self) -> JointPlan:
        return self.parent if self.is_new else self.instance.plan

    def clean(self):
        cleaned = super().clean()
        if self.is_new and self._meta.model.objects.filter(plan=self.plan).count() >= self.most:
            self.add_error(None, f"Một kế hoạch có tối đa {self.most} mục.")
        return cleaned

    def row_data(self) -> dict:
        data = super().row_data()
        if self.is_new:
            last = self._meta.model.objects.filter(plan=self.plan).aggregate(last=Max("place"))["last"]
            data["place"] = (last or 0) + 1
        return data


class TaskForm(PartForm):
    most = MOST_TASKS
    past = ("done_on",)

    class Meta:
        model = PlanTask
        fields = ["what", "who", "due_on", "done_on", "result"]


class TargetForm(PartForm):
    """What is to be reached by when; what is reached the tallies tell."""

    most = MOST_TARGETS
    indicator = forms.ChoiceField(label="Chỉ tiêu")

    class Meta:
        model = Target
        fields = ["indicator", "amount", "due_on", "reach", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", "Chọn…"), *choices_for(self.plan)]
        self.fields["amount"].help_text = "Độ phủ ghi theo %, ví dụ 100."
        self.initial.setdefault("due_on", self.plan.ends_on)

    def clean_due_on(self):
        day: date = self.cleaned_data["due_on"]
        if day < self.plan.starts_on:
            raise forms.ValidationError("Hạn không được trước ngày bắt đầu của kế hoạch.")
        return day


class EntriesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, entry):
        return f"{entry.day:%d/%m/%Y}: {entry.title} · {entry.unit.full_name}"


class EvidenceForm(Plain, PortalForm):
    """Activities of the log to tick; those ticked before stay on the list."""

    entries = EntriesField(queryset=None, label="Hoạt động trong sổ", required=False)

    def __init__(self, *args, entries, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries
        self.initial["entries"] = chosen
