"""The catalogue of custom indicators in the admin. Amounts and readings are entered in the log."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from portal.accounts.admin_own import ProvincesOwn
from portal.accounts.managing import managed_provinces, manages_all
from portal.units.models import AdminUnit
from programs.activities.custom.models import CustomIndicator

FIXED = "Đã có số liệu nhập theo chỉ tiêu này: số chữ số thập phân chỉ được tăng, không được giảm."


class CustomIndicatorForm(forms.ModelForm):
    """Knows who fills it in (`by`): a province's administrator adds indicators of the own province only."""

    by = None

    class Meta:
        model = CustomIndicator
        fields = [
            *("name", "measure_unit", "group", "place", "decimals", "nature", "province"),
            *("active_from", "active_to"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("province")
        if field is None:
            return
        field.queryset = AdminUnit.objects.today().provinces().order_by("sort_key")
        field.empty_label = "Cả nước"
        if not manages_all(self.by):
            field.queryset = field.queryset.filter(pk__in=managed_provinces(self.by))
            field.required, field.empty_label = True, None
            field.help_text = "Chỉ tiêu dùng riêng cho tỉnh, thành phố này."

    def clean_decimals(self):
        decimals, used = self.cleaned_data["decimals"], self.instance.is_used
        if used and decimals < CustomIndicator.objects.get(pk=self.instance.pk).decimals:
            raise ValidationError(FIXED)
        return decimals


@admin.register(CustomIndicator)
class CustomIndicatorAdmin(ProvincesOwn):
    """An indicator is entered, summed, reported and exported as soon as it is saved here."""

    about = (
        "Lưu xong là dùng được ngay: ô nhập trong sổ theo dõi, mẫu Excel, số liệu tổng hợp, báo cáo "
        "và tệp tải về. Đã có số liệu thì không đổi đơn vị tính, tính chất, phạm vi; muốn đổi, đặt "
        "ngày kết thúc rồi thêm chỉ tiêu mới."
    )
    form = CustomIndicatorForm
    list_display = ["name", "measure_unit", "group", "kind_of", "scope", "active_from", "active_to"]
    list_filter = ["nature", "group"]
    list_select_related = ["province"]
    list_per_page = 50
    search_fields = ["name"]
    actions = None
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "measure_unit", "group", "place", "decimals", "nature", "province"],
            },
        ),
        ("Thời gian dùng", {"fields": ["active_from", "active_to"]}),
    ]

    @admin.display(description="tính chất", ordering="nature")
    def kind_of(self, indicator):
        return "Hiện có" if indicator.is_stock else "Phát sinh"

    @admin.display(description="phạm vi", ordering="province__sort_key")
    def scope(self, indicator):
        return indicator.province.full_name if indicator.province else "Cả nước"

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = type("OwnIndicatorForm", (CustomIndicatorForm,), {"by": request.user})
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["measure_unit", "nature", "province"] if obj and obj.is_used else []

    def has_delete_permission(self, request, obj=None):
        """What was ever counted is ended, not deleted."""
        used = obj is not None and obj.is_used
        return super().has_delete_permission(request, obj) and not used
