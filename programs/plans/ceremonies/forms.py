"""The forms of a signing ceremony and of what was signed at it."""

from django import forms

from programs.plans.ceremonies.model import Signatory, SignedAgreement, SigningCeremony
from programs.plans.fields import LinesField, ProgrammeField
from programs.plans.forms import RowForm, UnitRowForm
from programs.plans.joint.model import JointPlan
from programs.plans.reach import READ, binding_programmes


class CeremonyForm(UnitRowForm):
    past = ("held_on",)

    class Meta:
        model = SigningCeremony
        fields = ["title", "held_on", "place", "note", "source"]


class PlanField(forms.ModelChoiceField):
    def label_from_instance(self, plan):
        return f"{plan} · {plan.title[:80]}" if plan.number else plan.title[:120]


class AgreementForm(RowForm):
    """One agreement with those who signed it: as many lines as signatories."""

    signatories = LinesField(
        label="Các bên ký kết",
        most_lines=100,
        longest=360,
        max_length=20_000,
        help_text="Mỗi bên một dòng: cơ quan, tổ chức; sau dấu chấm phẩy là chức danh người ký, "
        "ví dụ: Công an huyện A Lưới; Trưởng Công an huyện. Không ghi họ tên.",
    )

    class Meta:
        model = SignedAgreement
        fields = ["number", "title", "programme", "plan"]
        field_classes = {"programme": ProgrammeField, "plan": PlanField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = binding_programmes(self.user)
        plans = JointPlan.objects.standing().within_reach(self.user, READ)
        self.fields["plan"].queryset = plans.order_by("-starts_on", "pk")
        if not self.is_new:
            signed = self.instance.signatories.all()
            self.initial["signatories"] = "\n".join(
                "; ".join(filter(None, [one.organisation, one.office])) for one in signed
            )

    def clean_signatories(self):
        """(organisation, office) of each line."""
        pairs = []
        for line in self.cleaned_data["signatories"].splitlines():
            organisation, _, office = (part.strip() for part in line.partition(";"))
            if not organisation or len(organisation) > 200 or len(office) > 150:
                raise forms.ValidationError("Mỗi dòng: cơ quan (tối đa 200 ký tự); chức danh (tối đa 150).")
            pairs.append((organisation, office))
        if len({name for name, _ in pairs}) < len(pairs):
            raise forms.ValidationError("Mỗi cơ quan, tổ chức chỉ ghi một dòng.")
        return pairs

    def after(self, row) -> None:
        row.signatories.all().delete()
        Signatory.objects.bulk_create(
            Signatory(agreement=row, organisation=organisation, office=office)
            for organisation, office in self.cleaned_data["signatories"]
        )
