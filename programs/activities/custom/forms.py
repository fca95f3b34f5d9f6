"""The form of a reading."""

from django import forms
from django.utils import timezone

from portal.access.permissions import Permission
from portal.access.scoping import scope_of
from portal.ui.forms import DayField, PortalForm
from portal.units.models import AdminUnit
from programs.activities.custom.figures import settled
from programs.activities.custom.parts import amount_field

REFUSALS = {
    "reading_not_in_future": ("as_of", "Ngày không được ở tương lai."),
    "reading_unit_of_that_day": ("as_of", "Vào ngày này chưa có hoặc không còn đơn vị đã chọn."),
    "reading_in_use": ("as_of", "Chỉ tiêu này không dùng ở đơn vị vào ngày đó."),
    "reading_decimals": ("value", "Nhiều chữ số thập phân hơn quy định của chỉ tiêu."),
    "stock_reading_once_a_day": ("as_of", "Ngày này đã có số hiện có khác. Mở số đó ra để sửa."),
    "stock_reading_bounds": ("value", "Số liệu phải từ 0 đến 1.000.000.000.000."),
}


def communes_of(user):
    """Today's communes whose log the user writes."""
    own = scope_of(user, Permission.LOG_WRITE).communes
    return AdminUnit.objects.today().filter(pk__in=own).order_by("sort_key", "pk")


class CommuneName(forms.ModelChoiceField):
    def label_from_instance(self, unit):
        return unit.full_name


class ReadingForm(PortalForm):
    """How much there was at the end of a day; `seen` holds the value that is being corrected."""

    submit_label = "Lưu số hiện có"

    unit = CommuneName(AdminUnit.objects.none(), label="Đơn vị", empty_label=None)
    as_of = DayField(label="Có đến hết ngày", help_text="Số mới nhất tính đến cuối kỳ được đưa vào báo cáo.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, indicator, reading=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = communes_of(user)
        self.fields["value"] = amount_field(indicator, required=True)
        self.initial = {"as_of": timezone.localdate()}
        if reading:
            del self.fields["unit"]
            value = settled(reading.value)
            self.initial = {"as_of": reading.as_of, "value": value, "seen": str(value)}

    def refuse(self, error) -> bool:
        """Say beside its field what the table refused; False where it is not about what was typed."""
        named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if named in REFUSALS:
            self.add_error(*REFUSALS[named])
        return named in REFUSALS
