"""The forms of a programme and of its stages."""

from functools import reduce
from operator import or_

from django import forms
from django.utils import timezone

from portal.accounts.choices import Side
from portal.ui.forms import Folded, Layout
from programs.coordination.models import CoordinationProgram, ProgramLevel, ProgramParty, ProgramStage
from programs.partners.models import LinkedMovement, Partner
from programs.plans.actions import replace_links
from programs.plans.fields import LinesField, NamedField, ProgrammeField
from programs.plans.forms import RowForm, UnitRowForm
from programs.plans.models import ProgramMovement, ProgramPartner
from programs.plans.programmes.jobs import start_refiling
from programs.plans.reach import binding_programmes, own_units

LEVELS = ProgramLevel.values


class ProgrammeForm(UnitRowForm):
    """A programme of the own level. What changes which activities it binds has them filed anew."""

    police = forms.CharField(label="Bên Công an", max_length=200, help_text="Ví dụ: Công an tỉnh Thanh Hóa.")
    front = forms.CharField(
        label="Bên Mặt trận", max_length=200, help_text="Ví dụ: Ủy ban MTTQ Việt Nam tỉnh Thanh Hóa."
    )
    others = LinesField(
        label="Các bên khác cùng ký", required=False, help_text="Mỗi cơ quan, tổ chức một dòng."
    )
    replaces = ProgrammeField(
        CoordinationProgram.objects.none(), label="Thay cho chương trình", required=False
    )
    partners = NamedField(Partner.objects.none(), label="Đơn vị tham gia thực hiện", required=False)
    movements = NamedField(LinkedMovement.objects.none(), label="Phong trào lồng ghép", required=False)

    class Meta:
        model = CoordinationProgram
        fields = ["number", "title", "signed_on", "starts_on", "ends_on", "parent", "note"]
        field_classes = {"parent": ProgrammeField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row, binding = self.instance, binding_programmes(self.user)
        own = own_units(self.user)
        level = row.level if row.pk else own[0].level if own else ProgramLevel.COMMUNE
        above = LEVELS[: LEVELS.index(level)]
        self.fields["parent"].queryset = binding.filter(level__in=above)
        self.fields["parent"].required, self.fields["parent"].empty_label = True, "Chọn…"
        self.fields["parent"].help_text = "Báo cáo của chương trình đó cộng cả số liệu của chương trình này."
        self.fields["replaces"].queryset = binding.filter(unit__in=own).exclude(pk=row.pk)
        self._offer_catalogues(row, own)
        if self.is_new:
            in_force = CoordinationProgram.objects.in_force(next(iter(own), None), timezone.localdate())
            self.initial.setdefault("parent", in_force.filter(level__in=above).first())
        self.before = (row.starts_on, row.ends_on)
        if row.pk:
            self._show_parts(row)
        first = ("client_token", "revision", "unit", "number", "title", "signed_on", "starts_on", "ends_on")
        rest = Folded("Thông tin thêm", "others", "replaces", "partners", "movements", "note")
        names = [name for name in first if name in self.fields]
        self.helper.layout = Layout(*names, "parent", "police", "front", rest)

    def _offer_catalogues(self, row, own) -> None:
        """Partners of everywhere, of the province, of the unit; with what the programme names already."""
        named, woven = (
            row.programpartners.values_list("partner", flat=True) if row.pk else [],
            row.programmovements.values_list("movement", flat=True) if row.pk else [],
        )
        places = [row.unit] if row.pk else list(own) or [None]
        offered = [Partner.objects.offered_at(unit, kept=named) for unit in places]
        self.fields["partners"].queryset = reduce(or_, offered)
        self.fields["movements"].queryset = LinkedMovement.objects.offered(kept=woven)

    def _show_parts(self, row) -> None:
        parties = list(row.parties.all())
        named = {side: next((p.name for p in parties if p.side == side), "") for side in ("police", "front")}
        rest = [p.name for p in parties if p.name not in named.values()]
        self.initial |= named | {
            "others": "\n".join(rest),
            "replaces": row.predecessors.order_by("pk").first(),
            "partners": list(row.programpartners.values_list("partner", flat=True)),
            "movements": list(row.programmovements.values_list("movement", flat=True)),
        }

    def row_data(self) -> dict:
        data = super().row_data()
        return data | {"level": data["unit"].level} if "unit" in data else data

    def after(self, row) -> None:
        """Parties, partners, movements, what it replaces; and the activities filed anew where it matters."""
        cleaned = self.cleaned_data
        self._set_parties(row, cleaned)
        replace_links(rows=row.programpartners.all(), model=ProgramPartner, column="partner",
                      wanted=cleaned["partners"], programme=row)  # fmt: skip
        replace_links(rows=row.programmovements.all(), model=ProgramMovement, column="movement",
                      wanted=cleaned["movements"], programme=row)  # fmt: skip
        self._set_successor(row, cleaned.get("replaces"))
        if self.is_new_row or self.before != (row.starts_on, row.ends_on):
            start = min(filter(None, [row.starts_on, self.before[0]]))
            start_refiling(row, start=start, end=self._last_day(row), by=self.user)

    @property
    def is_new_row(self) -> bool:
        return self.before == (None, None)

    def _last_day(self, row):
        ends = [row.ends_on] if self.is_new_row else [row.ends_on, self.before[1]]
        return None if None in ends else max(ends)

    def _set_parties(self, row, cleaned) -> None:
        wanted = {cleaned["police"]: Side.POLICE, cleaned["front"]: Side.FRONT}
        wanted |= {name: Side.MEMBER for name in cleaned["others"].splitlines() if name not in wanted}
        for party in row.parties.all():
            if wanted.get(party.name) != party.side:
                party.delete()
        known = set(row.parties.values_list("name", flat=True))
        for name, side in wanted.items():
            if name not in known:
                ProgramParty.objects.create(programme=row, name=name, side=side)

    def _set_successor(self, row, replaced) -> None:
        """The programme that it replaces names it as its successor; one no longer replaced does not."""
        for other in row.predecessors.filter(unit__in=own_units(self.user)).exclude(
            pk=replaced and replaced.pk
        ):
            other.successor = None
            other.save()
        if replaced and replaced.successor_id != row.pk:
            replaced.successor = row
            replaced.save()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("police") and cleaned.get("police") == cleaned.get("front"):
            self.add_error("front", "Hai bên ký phải là hai cơ quan khác nhau.")
        if cleaned.get("unit") and "partners" in cleaned:  # of several own units each has its partners
            self._refuse_partners_elsewhere(cleaned)
        if cleaned.get("unit"):  # for the model's own check of what it may carry out
            self.instance.unit, self.instance.level = cleaned["unit"], cleaned["unit"].level
        return cleaned

    def _refuse_partners_elsewhere(self, cleaned) -> None:
        here = Partner.objects.offered_at(cleaned["unit"])
        if cleaned["partners"].exclude(pk__in=here.order_by().values("pk")).exists():
            self.add_error("partners", "Chỉ chọn đơn vị tham gia ở nơi lập chương trình.")


class StageForm(RowForm):
    """A stage that is reviewed as one."""

    class Meta:
        model = ProgramStage
        fields = ["name", "starts_on", "ends_on"]
