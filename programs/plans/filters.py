"""The filters above the list of programmes."""

from django import forms
from django.db.models import Q

from portal.ui.forms import PortalForm
from programs.coordination.models import ProgramLevel


class ProgrammeFilterForm(PortalForm):
    q = forms.CharField(label="Số, ký hiệu hoặc tên", required=False, max_length=100)
    level = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Tất cả"), *ProgramLevel.choices])
    day = forms.DateField(label="Có hiệu lực ngày", required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="loc_%s")

    @property
    def in_use(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def apply(self, programmes):
        """The programmes that answer to what could be read."""
        self.is_valid()
        asked = self.cleaned_data
        programmes = programmes.search(asked.get("q") or "")
        if asked.get("level"):
            programmes = programmes.filter(level=asked["level"])
        if asked.get("day"):
            day = asked["day"]
            programmes = programmes.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
        return programmes
