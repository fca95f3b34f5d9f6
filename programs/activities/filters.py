"""The filters above the log: a GET form, so that a filtered list is an address that can be sent on."""

from django import forms

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.ui.forms import PortalForm
from portal.units.fields import UnitChoiceField
from portal.units.models import AdminUnit, ResidentialArea
from programs.activities.models import EntryArea
from programs.activities.registry import kinds


class CommuneField(forms.ModelChoiceField):
    """A few communes by name; no query for the province behind each name."""

    def label_from_instance(self, unit):
        return unit.full_name


class LogFilterForm(PortalForm):
    """Text, days, kind, residential area and, for who sees several communes, the commune.

    A field that cannot be read says so and does not filter; the others still do.
    """

    q = forms.CharField(label="Tìm trong nội dung", required=False, max_length=100)
    since = forms.DateField(label="Từ ngày", required=False)
    until = forms.DateField(label="Đến ngày", required=False)
    kind = forms.ChoiceField(label="Loại hoạt động", required=False)
    unit = UnitChoiceField(label="Xã, phường, đặc khu", required=False)
    area = forms.TypedChoiceField(label="Khu dân cư", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, user, kind=None):
        super().__init__(data, auto_id="loc_%s")
        self.fields["kind"].choices = [("", "Tất cả"), *((k.slug, k.plural) for k in kinds())]
        if kind:
            del self.fields["kind"]
        chosen = self._offer_communes(scope_of(user, Permission.LOG_VIEW))
        self._offer_areas(chosen)

    def _offer_communes(self, scope) -> int | None:
        """Where several communes are in reach: pick one by name in a province, from a list where it is short.

        The id of the one whose areas can be offered.
        """
        if scope.provinces or scope.everything:
            provinces = AdminUnit.objects.filter(pk__in=scope.provinces)
            self.fields["unit"].province = provinces.first() if len(scope.provinces) == 1 else None
        elif len(scope.communes) > 1:
            own = AdminUnit.objects.filter(pk__in=scope.communes)
            self.fields["unit"] = CommuneField(
                own, label="Xã, phường, đặc khu", required=False, empty_label="Tất cả"
            )
        else:
            del self.fields["unit"]
            return next(iter(scope.communes), None)
        return self._commune_asked_for()

    def _commune_asked_for(self) -> int | None:
        field = self.fields["unit"]
        try:
            unit = field.clean(field.widget.value_from_datadict(self.data, {}, "unit"))
        except forms.ValidationError:
            return None
        return unit and unit.pk

    def _offer_areas(self, commune: int | None) -> None:
        if not commune:
            del self.fields["area"]
            return
        areas = ResidentialArea.objects.filter(unit__today_unit=commune).order_by("sort_key", "pk")
        self.fields["area"].choices = [("", "Tất cả"), *((a.pk, a.full_name) for a in areas)]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", "“Đến ngày” không được trước “Từ ngày”.")
        return cleaned

    @property
    def in_use(self) -> bool:
        """Whether anything was asked for, so that an empty list can say why it is empty."""
        return any(self.data.get(name) for name in self.fields)

    def apply(self, entries):
        """The entries that answer to every filter that could be read."""
        self.is_valid()
        asked = self.cleaned_data
        entries = entries.between(asked.get("since"), asked.get("until")).search(asked.get("q") or "")
        if asked.get("kind"):
            entries = entries.of_kind(asked["kind"])
        if asked.get("unit"):
            entries = entries.filter(unit__today_unit=asked["unit"])
        if asked.get("area"):
            entries = entries.filter(pk__in=EntryArea.objects.filter(area=asked["area"]).values("entry"))
        return entries
