"""Units as reference data: looked up in the admin, changed by loading. Residential areas are kept here."""

from django import forms
from django.contrib import admin
from django.db.models import F

from portal.units.admin_scope import within
from portal.units.areas import ResidentialArea, ResidentialAreaSize
from portal.units.models import AdminUnit, UnitName, UnitSuccession
from portal.units.text import fold


class FoldedSearch:
    """Searches the folded key: with or without marks, Hoà or Hòa."""

    search_fields = ["search_key"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, fold(search_term))


class ReadOnly:
    """Seen by those who may, changed by nobody here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class MapFilter(admin.SimpleListFilter):
    title = "thời kỳ"
    parameter_name = "ban-do"

    def lookups(self, request, model_admin):
        return [("hien-nay", "Hiện nay"), ("truoc", "Trước sắp xếp")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(valid_to__isnull=self.value() == "hien-nay")


class UnitNameInline(ReadOnly, admin.TabularInline):
    model = UnitName
    fk_name = "unit"
    fields = ["kind", "name", "parent", "valid_from", "valid_to", "source"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent__parent__parent")


class SuccessionInline(ReadOnly, admin.TabularInline):
    model = UnitSuccession
    extra = 0

    def get_queryset(self, request):
        related = ["old__parent__parent", "new__parent__parent"]
        return super().get_queryset(request).select_related(*related)


class BecameInline(SuccessionInline):
    fk_name = "old"
    fields = ["new", "is_partial", "is_default", "effective_on"]
    verbose_name_plural = "đã trở thành"


class CameFromInline(SuccessionInline):
    fk_name = "new"
    fields = ["old", "is_partial", "is_default", "effective_on"]
    verbose_name_plural = "hợp thành từ"


@admin.register(AdminUnit)
class AdminUnitAdmin(FoldedSearch, ReadOnly, admin.ModelAdmin):
    about = (
        "Danh mục đơn vị hành chính trước và sau sắp xếp, chỉ để tra cứu. Danh mục do người vận hành "
        "nạp từ nguồn chính thức, không sửa ở đây."
    )
    list_display = ["full_label", "code", "level", "valid_from", "valid_to", "today_unit"]
    list_filter = ["level", MapFilter]
    ordering = ["sort_key", "code"]
    show_full_result_count = False
    fields = [
        "code",
        "level",
        "kind",
        "name",
        "parent",
        "valid_from",
        "valid_to",
        "today_unit",
        "today_province",
        "is_divided",
        "latitude",
        "longitude",
        "area_km2",
    ]
    inlines = [UnitNameInline, BecameInline, CameFromInline]

    def get_queryset(self, request):
        units = super().get_queryset(request).select_related("parent__parent", "today_unit__parent")
        return within(units, request.user, "today_province")

    def get_search_results(self, request, queryset, search_term):
        """Also asked for the suggestions of an area's form: there only communes, today's first."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "residentialarea":
            found = found.communes().order_by(F("valid_to").desc(nulls_first=True), "sort_key", "pk")
        return found, may_repeat

    @admin.display(description="đơn vị", ordering="sort_key")
    def full_label(self, unit):
        return unit.label


class ResidentialAreaForm(forms.ModelForm):
    """The database holds the same rules; here they are said before it refuses."""

    def clean(self):
        cleaned = super().clean()
        unit, successor = cleaned.get("unit"), cleaned.get("successor")
        if successor and unit and successor.unit.today_unit_id != unit.today_unit_id:
            self.add_error("successor", "Khu dân cư nhận sáp nhập phải thuộc cùng một xã, phường, đặc khu.")
        return cleaned


class SizeForm(forms.ModelForm):
    class Meta:
        model = ResidentialAreaSize
        fields = ["as_of", "households", "people"]
        localized_fields = ["households", "people"]  # 1.250 is one thousand two hundred and fifty


class SizeInline(admin.TabularInline):
    model = ResidentialAreaSize
    form = SizeForm
    extra = 1


@admin.register(ResidentialArea)
class ResidentialAreaAdmin(FoldedSearch, admin.ModelAdmin):
    about = (
        "Thôn, tổ dân phố của từng xã, phường, đặc khu: mẫu số của độ phủ. Khu sáp nhập, giải thể thì "
        "đặt ngày kết thúc và khu nhận sáp nhập, không xóa."
    )
    form = ResidentialAreaForm
    list_display = ["full_name", "unit", "valid_from", "valid_to", "successor"]
    list_select_related = ["unit__parent__parent", "successor"]
    list_filter = [MapFilter]
    search_fields = ["search_key", "unit__search_key"]
    autocomplete_fields = ["unit", "successor"]
    ordering = ["unit__sort_key", "sort_key"]
    show_full_result_count = False
    inlines = [SizeInline]

    def get_queryset(self, request):
        return within(super().get_queryset(request), request.user, "unit__today_province")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """What the form takes, whatever is sent: communes and areas of the own province."""
        if db_field.name == "unit":
            communes = AdminUnit.objects.communes().with_parents()
            kwargs["queryset"] = within(communes, request.user, "today_province")
        if db_field.name == "successor":
            kwargs["queryset"] = within(ResidentialArea.objects.all(), request.user, "unit__today_province")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="khu dân cư", ordering="sort_key")
    def full_name(self, area):
        return area.full_name
