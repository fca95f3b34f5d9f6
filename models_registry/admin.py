"""The catalogues in the admin: types, grades, rules of certification, published figures."""

from django.contrib import admin

from models_registry.models import CertificationRule, GradeLevel, HistoricalFigure, ModelType
from portal.accounts.admin_own import ProvincesOwn
from portal.units.text import fold


class Kept:
    """Rows that others rest on are ended, merged or changed, not deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ModelType)
class ModelTypeAdmin(Kept, ProvincesOwn):
    list_display = ["name", "theme", "province", "merged_into"]
    list_filter = ["theme"]
    list_select_related = ["province", "merged_into"]
    search_fields = ["search_key"]
    autocomplete_fields = ["merged_into"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "theme", "province", "aliases", "merged_into", "merge_reason"],
                "description": "Loại của cả nước do quản trị hệ thống lập; mỗi tỉnh thêm loại riêng. "
                "Loại gần trùng tên thì gộp, không xóa: mô hình cũ vẫn giữ tên loại đã ghi.",
            },
        )
    ]

    def get_search_results(self, request, queryset, search_term):
        """With or without marks."""
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(GradeLevel)
class GradeLevelAdmin(Kept, admin.ModelAdmin):
    list_display = ["name", "scheme", "place", "is_used"]
    list_filter = ["scheme"]


@admin.register(CertificationRule)
class CertificationRuleAdmin(Kept, admin.ModelAdmin):
    list_display = ["kind", "start_day", "start_month", "valid_from", "valid_to", "basis"]
    list_filter = ["kind"]


@admin.register(HistoricalFigure)
class HistoricalFigureAdmin(admin.ModelAdmin):
    list_display = ["name", "text", "unit", "as_of", "source", "is_used"]
    list_filter = ["subject", "is_used"]
    list_select_related = ["unit__parent__parent"]
    search_fields = ["name", "source"]
    autocomplete_fields = ["unit", "type"]

    @admin.display(description="số công bố")
    def text(self, figure):
        return figure.text
