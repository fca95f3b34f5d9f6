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


class SignatoriesField(LinesField):
    """Those who signed, one a line, as (organisation, office)."""

    def __init__(self):
        super().__init__(
            label="Các bên ký kết",
            most_lines=100,
            longest=360,
            max_length=20_000,
            help_text="Mỗi bên một dòng: cơ quan, tổ chức; sau dấu chấm phẩy là chức danh người ký, "
            "ví dụ: Công an huyện A Lưới; Trưởng Công an huyện. Không ghi họ tên.",
        )

    def clean(self, value):
        pairs = []
        for line in super().clean(value).splitlines():
            organisation, _, office = (part.strip() for part in line.partition(";"))
            if not organisation or len(organisation) > 200 or len(office) > 150:
                raise forms.ValidationError("Mỗi dòng: cơ quan (tối đa 200 ký tự); chức danh (tối đa 150).")
            pairs.append((organisation, office))
        if len({name for name, _ in pairs}) < len(pairs):
            raise forms.ValidationError("Mỗi cơ quan, tổ chức chỉ ghi một dòng.")
        return pairs

    @staticmethod
    def text_of(agreement) -> str:
        """What the box shows of an agreement."""
        signed = agreement.signatories.all()
        return "\n".join("; ".join(filter(None, [one.organisation, one.office])) for one in signed)

    @staticmethod
    def write(agreement, pairs) -> None:
        """Make an agreement's signatories these."""
        agreement.signatories.all().delete()
        Signatory.objects.bulk_create(
            Signatory(agreement=agreement, organisation=organisation, office=office)
            for organisation, office in pairs
        )


class AgreementForm(RowForm):
    """One agreement with those who signed it: as many lines as signatories."""

    signatories = SignatoriesField()

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
            self.initial["signatories"] = SignatoriesField.text_of(self.instance)

    def after(self, row) -> None:
        SignatoriesField.write(row, self.cleaned_data["signatories"])
