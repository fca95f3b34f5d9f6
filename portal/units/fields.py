"""A form field that takes a unit by its name. Without scripts an unclear name comes back with its choices."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse_lazy

from portal.units.models import AdminUnit, Level
from portal.units.search import EXACT
from portal.units.text import fold, nfc

MOST_CHOICES = 10


@dataclass(frozen=True)
class Picked:
    """What a browser sends: the typed name, the choice made, and the name that choices were offered for."""

    text: str = ""
    choice: str = ""
    asked: str = ""


class UnitPicker(forms.Widget):
    """A text box; `matches` below it as radio buttons; suggestions while typing where scripts run."""

    template_name = "units/picker.html"
    matches: list[AdminUnit] = []
    options_url = ""

    @property
    def media(self):
        script = forms.widgets.Script("units/picker.js", defer=True)
        return forms.Media(js=[script], css={"all": ["units/picker.css"]})

    def value_from_datadict(self, data, files, name):
        keys = name, f"{name}_choice", f"{name}_asked"
        return Picked(*(str(data.get(key) or "").strip() for key in keys))

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked()
        offered = {str(unit.pk) for unit in self.matches}
        choice = picked.choice if not offered or picked.choice in offered else ""
        context["widget"] |= {
            "value": picked.text,
            "choice": choice,
            "matches": self.matches,
            "options_url": self.options_url,
        }
        return context

    def _render(self, template_name, context, renderer=None):
        """By the project's templates; those of forms are looked up elsewhere."""
        return render_to_string(template_name, context)


class UnitChoiceField(forms.Field):
    """Cleans to an AdminUnit of today: a commune, or of another `level`; only within `province` if given.

    A name is taken when it says exactly one unit by its present name ("Phường Thái Hòa, tỉnh Nghệ An", "thành
    sen"). An old, incomplete or ambiguous one is refused with the units that it may mean, to choose from.
    """

    widget = UnitPicker
    default_error_messages = {
        "required": "Nhập tên đơn vị.",
        "unknown": "Không tìm thấy đơn vị có tên như vậy. Nhập lại, ví dụ: Phường Thành Sen, tỉnh Hà Tĩnh.",
        "unclear": "Chọn một trong các đơn vị dưới đây, hoặc nhập thêm tên tỉnh sau dấu phẩy.",
        "one": "Có phải đơn vị dưới đây không? Chọn để xác nhận, hoặc nhập lại.",
    }

    def __init__(self, *, level=Level.COMMUNE, province: AdminUnit | None = None, **kwargs):
        kwargs.setdefault("label", "Đơn vị")
        super().__init__(**kwargs)
        self.level = Level(level)
        self.province = province

    @property
    def province(self) -> AdminUnit | None:
        return self._province

    @province.setter
    def province(self, province: AdminUnit | None):
        self._province = province
        query = {"level": self.level} | ({"province": province.code} if province else {})
        self.widget.options_url = _OptionsUrl(urlencode(query))

    def get_queryset(self):
        return offered_units(self.level, self.province)

    def prepare_value(self, value):
        if isinstance(value, Picked):
            return value
        if isinstance(value, (int, str)) and str(value).isdecimal():
            value = AdminUnit.objects.filter(pk=value).with_parents().first()
        return Picked(value.label, str(value.pk)) if isinstance(value, AdminUnit) else Picked()

    def has_changed(self, initial, data):
        before = self.prepare_value(initial)
        return bool(data) and (fold(before.text) != fold(data.text) or data.choice not in ("", before.choice))

    def clean(self, value):
        self.widget.matches = []
        picked = value if isinstance(value, Picked) else self.prepare_value(value)
        unit = self._unit(picked)
        if unit is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        self.run_validators(unit)
        return unit

    def _unit(self, picked: Picked) -> AdminUnit | None:
        if not fold(picked.text):
            return None
        chosen = self._chosen(picked)
        if chosen:
            return chosen
        matches = self.get_queryset().search(picked.text, MOST_CHOICES)
        unit = the_one_meant(matches, picked.text)
        if unit:
            return unit
        self.widget.matches = matches
        code = "unknown" if not matches else "one" if len(matches) == 1 else "unclear"
        raise ValidationError(self.error_messages[code], code=code)

    def _chosen(self, picked: Picked) -> AdminUnit | None:
        """The choice, if it was made for the text that now stands in the box."""
        if not picked.choice.isdecimal() or len(picked.choice) > 18:
            return None
        unit = self.get_queryset().filter(pk=picked.choice).with_parents().first()
        meant = unit and fold(picked.text) in (fold(unit.label), fold(picked.asked))
        return unit if meant else None


def offered_units(level: str, province: AdminUnit | None = None):
    """Today's units of a level, of one province if given: what a picker offers."""
    units = AdminUnit.objects.today().filter(level=level)
    return units.under(province) if province else units


def the_one_meant(matches: list[AdminUnit], text: str) -> AdminUnit | None:
    """The unit that bears exactly this name today, if no other may be meant."""
    exact = [unit for unit in matches if unit.match_rank == EXACT]
    for unit in matches:
        if fold(unit.label) == fold(nfc(text)):
            return unit
    return exact[0] if len(exact) == 1 and not exact[0].found_as else None


class _OptionsUrl:
    """The address of the suggestions, resolved when shown: forms are made before the addresses are known."""

    def __init__(self, query: str):
        self.query = query

    def __str__(self):
        return f"{_OPTIONS}?{self.query}"


_OPTIONS = reverse_lazy("units:options")
