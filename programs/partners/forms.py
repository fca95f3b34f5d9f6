"""The part of the entry form that says who carried out an activity together."""

import re

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.choices import SIGNING_SIDES
from portal.units.fields import the_one_meant
from portal.units.models import AdminUnit
from portal.units.search import EXACT
from programs.activities.form_part import FormPart
from programs.partners.actions import set_partners
from programs.partners.models import EntryMovement, EntryPartner, EntryUnit, LinkedMovement, Part, Partner

SIDES = [(side.value, side.label) for side in SIGNING_SIDES]
MOST_UNITS, MOST_NAMED = 20, 5


class PartnersPart(FormPart):
    """Who chaired, who joined, other communes, movements."""

    slug, title = "partners", "Bên chủ trì, phối hợp; phong trào lồng ghép"
    copied = ("shown", "chaired", "joined", "units", "movements")

    # What is unticked is not sent: without this a page that has no such part would wipe it all out.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")
    chaired = forms.MultipleChoiceField(
        label="Chủ trì",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hai bên cùng chủ trì thì chọn cả hai.",
    )
    joined = forms.MultipleChoiceField(
        label="Tham gia, phối hợp", required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.CharField(
        label="Xã, phường, đặc khu khác cùng tham gia",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một đơn vị, ví dụ: Phường Trần Phú. Khác tỉnh thì thêm tên tỉnh sau dấu phẩy. "
        "Số liệu chỉ tính một lần, ở đơn vị ghi sổ; đơn vị cùng tham gia xem được bản ghi này.",
    )
    movements = forms.ModelMultipleChoiceField(
        label="Phong trào, cuộc vận động lồng ghép",
        queryset=LinkedMovement.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, entering, **kwargs):
        super().__init__(*args, entering=entering, **kwargs)
        self.unit = entering.form.unit_so_far
        kept = self._kept(entering.record)
        here = Partner.objects.offered_at(self.unit, kept=kept["partners"])
        parties = [*SIDES, *((str(partner.pk), partner.name) for partner in here)]
        self.names = dict(parties)
        self.fields["chaired"].choices = self.fields["joined"].choices = parties
        self.fields["movements"].queryset = LinkedMovement.objects.offered(kept=kept["movements"])

    def _kept(self, record) -> dict:
        """What the record says already; the first values of the fields."""
        if record is None:
            return {"partners": [], "movements": []}
        parties = list(EntryPartner.objects.filter(entry=record.pk))
        units = (
            EntryUnit.objects.filter(entry=record.pk)
            .select_related("unit__parent")
            .order_by("unit__sort_key")
        )
        movements = list(EntryMovement.objects.filter(entry=record.pk).values_list("movement", flat=True))
        self.kept_units = [link.unit for link in units]
        self.initial |= {
            "chaired": [p.side or str(p.partner_id) for p in parties if p.part == Part.CHAIRED],
            "joined": [p.side or str(p.partner_id) for p in parties if p.part == Part.JOINED],
            "units": "\n".join(self._written(unit) for unit in self.kept_units),
            "movements": movements,
        }
        return {"partners": [p.partner_id for p in parties if p.partner_id], "movements": movements}

    def _written(self, unit: AdminUnit) -> str:
        same_province = self.unit and self.unit.today_province_id == unit.today_province_id
        return unit.full_name if same_province else unit.label

    @property
    def is_open(self) -> bool:
        said = any(self.initial.get(name) for name in ("chaired", "joined", "units", "movements"))
        return bool(self.errors or said or (self.is_bound and self.has_changed()))

    def clean_units(self) -> list[AdminUnit]:
        """The communes that the lines name, each as of the day of the activity."""
        entry = self.entering.form
        day = getattr(entry, "cleaned_data", {}).get(entry.day_field)
        lines = [line.strip() for line in re.split(r"[\n;]", self.cleaned_data["units"]) if line.strip()]
        if len(lines) > MOST_UNITS:
            raise ValidationError(f"Không ghi quá {MOST_UNITS} đơn vị.")
        if not lines or day is None or self.unit is None:
            return []
        found, wrong = [], []
        for line in dict.fromkeys(lines):
            try:
                found.append(self._commune(line, day))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return list({unit.pk: unit for unit in found}.values())

    def _commune(self, line: str, day) -> AdminUnit:
        communes = AdminUnit.objects.on(day).communes()
        near = communes.filter(today_province=self.unit.today_province_id)
        for among in (near, communes):
            matches = among.search(line, MOST_NAMED + 1)
            unit = the_one_meant(matches, line) or _bearing(matches)
            if unit and unit.pk == self.unit.pk:
                raise ValidationError(f"“{line}” là đơn vị ghi sổ, không ghi lại ở đây.")
            if unit:
                return unit
            if matches:
                names = "; ".join(match.label for match in matches[:MOST_NAMED])
                raise ValidationError(f"“{line}” chưa rõ là đơn vị nào: {names}. Ghi đủ tên.")
        raise ValidationError(f"Không tìm thấy xã, phường, đặc khu “{line}” vào ngày của hoạt động.")

    def clean(self):
        cleaned = super().clean()
        both = set(cleaned.get("chaired") or ()) & set(cleaned.get("joined") or ())
        if both:
            names = ", ".join(self.names[party] for party in self.names if party in both)
            self.add_error("joined", f"Đã chọn ở mục Chủ trì, không chọn lại ở đây: {names}.")
        return cleaned

    def save(self, record, by):
        if not self.cleaned_data["shown"]:
            return
        said = {name: self.cleaned_data[name] for name in ("chaired", "joined", "units", "movements")}
        set_partners(entry_id=record.pk, by=by, **said)


def _bearing(matches) -> AdminUnit | None:
    """The only one that bears the name itself, where others are known by it from before."""
    named = [unit for unit in matches if unit.match_rank == EXACT and not unit.found_as]
    return named[0] if len(named) == 1 else None
