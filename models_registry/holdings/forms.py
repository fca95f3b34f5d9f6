"""The forms of forces and loans: what a commune has at the end of a day."""

from django import forms

from models_registry.fields import CommuneField
from models_registry.forms import PastForm, PlaceForm, RemovalForm
from models_registry.models import CoreForce, ForceKind, ReintegrationLoan, SelfManagedModel
from models_registry.reach import communes_to_write_for
from portal.ui.forms import PortalModelForm
from portal.units.models import AdminUnit


class DayForm(PlaceForm):
    """A day and a commune."""

    day = forms.DateField(label="Tính đến ngày", required=False)

    field_order = ["day", "unit"]


class HoldingForm(PastForm, PortalModelForm):
    """A reading of one of the own communes; `unit` must have been there on the day."""

    unit = CommuneField(queryset=AdminUnit.objects.none(), label="Đơn vị", empty_label=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = communes_to_write_for(user)
        self.fields["unit"].queryset = self.units
        if not self.instance.pk:
            self.initial.setdefault("unit", next(iter(self.units.filter(valid_to=None)), None))

    def clean(self):
        cleaned = super().clean()
        unit, as_of = cleaned.get("unit"), cleaned.get("as_of")
        if unit and as_of and not unit.existed_on(as_of):
            self.add_error("unit", "Vào ngày này, chưa có hoặc không còn đơn vị đã chọn.")
        return cleaned


class ForceForm(HoldingForm):
    """Teams and people of one kind."""

    class Meta:
        model = CoreForce
        fields = ["unit", "kind", "as_of", "teams", "people"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teams"].help_text = "Để trống với già làng, trưởng bản, người có uy tín."

    def clean(self):
        cleaned = super().clean()
        kind, teams = cleaned.get("kind"), cleaned.get("teams")
        if kind and "teams" not in self.errors and (kind == ForceKind.RESPECTED) != (teams is None):
            self.add_error("teams", "Người có uy tín không tính theo tổ; lực lượng khác phải có số tổ.")
        return cleaned


class LoanForm(HoldingForm):
    """People and đồng of one stage, in all; no persons."""

    class Meta:
        model = ReintegrationLoan
        fields = ["unit", "stage", "as_of", "people", "amount", "model", "source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        models = SelfManagedModel.objects.standing().filter(
            unit__today_unit__in=self.units.values("today_unit"), type__theme="reintegration"
        )
        self.fields["model"].queryset = models.order_by("name", "pk")
        self.fields["model"].empty_label = "Không theo mô hình nào"
        self.fields["people"].help_text = "Tổng số người của giai đoạn này đến ngày đã nhập."


class DropForm(RemovalForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Lý do xóa"
        self.fields["reason"].help_text = "Số bị xóa không tính nữa, vẫn nằm trong lịch sử."
