"""How the list of reports may be narrowed down. Nonsense in the address narrows nothing."""

from django import forms
from django.db.models import Q

from portal.units.text import fold
from reports.models import State
from reports.models.catalogue import PeriodKind

LEVELS = [("commune", "Cấp xã"), ("province", "Cấp tỉnh")]
LIMIT = 100


def choice(label: str, choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "Tất cả"), *choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class ListFilters(forms.Form):
    """Read from the query string; `apply` takes what is valid and leaves the rest."""

    tinh_trang = choice("Tình trạng", State.choices)
    loai_ky = choice("Loại kỳ", PeriodKind.choices)
    cap = choice("Cấp", LEVELS)
    nam = forms.IntegerField(
        label="Năm",
        required=False,
        min_value=2000,
        max_value=2200,
        localize=False,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric", "maxlength": 4}),
    )
    don_vi = forms.CharField(
        label="Đơn vị",
        required=False,
        max_length=LIMIT,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )

    def __init__(self, data=None):
        super().__init__(data if data is not None else {}, label_suffix="")
        self.full_clean()

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.values())

    def apply(self, reports):
        """`reports` narrowed down to what was asked."""
        wanted = self.cleaned_data
        exact = {
            "state": wanted.get("tinh_trang"),
            "period_kind": wanted.get("loai_ky"),
            "report_type__level": wanted.get("cap"),
            "period_end__year": wanted.get("nam"),
        }
        found = reports.filter(**{column: value for column, value in exact.items() if value})
        for word in fold(wanted.get("don_vi") or "").split():
            found = found.filter(Q(unit__search_key__contains=word))
        return found
