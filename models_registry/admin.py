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
    about = (
        "Loại của cả nước do quản trị hệ thống lập; mỗi tỉnh thêm loại riêng. Loại gần trùng tên thì "
        "gộp, không xóa: mô hình cũ vẫn giữ tên loại đã ghi."
    )
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
            },
        )
    ]

    def get_search_results(self, request, queryset, search_term):
        """With or without marks."""
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(GradeLevel)
class GradeLevelAdmin(Kept, admin.ModelAdmin):
    about = (
        "Các mức của từng cách xếp loại, mức cao nhất đứng đầu. Mức không còn trong quy định thì bỏ "
        "chọn “đang dùng”; kết quả đã ghi vẫn giữ."
    )
    list_display = ["name", "scheme", "place", "is_used"]
    list_filter = ["scheme"]


@admin.register(CertificationRule)
class CertificationRuleAdmin(Kept, admin.ModelAdmin):
    about = (
        "Kỳ xét và tiêu chí “An toàn về an ninh, trật tự” theo từng loại đối tượng. Quy định thay đổi "
        "thì đặt ngày kết thúc cho dòng cũ rồi thêm dòng mới; năm đã xét vẫn theo quy định cũ."
    )
    list_display = ["kind", "start_day", "start_month", "valid_from", "valid_to", "basis"]
    list_filter = ["kind"]


@admin.register(HistoricalFigure)
class HistoricalFigureAdmin(admin.ModelAdmin):
    about = (
        "Số liệu đã công bố của những năm trước, ghi đúng như nguồn nêu. Chỉ để hiển thị, không cộng "
        "vào số nào. Nhiều nguồn khác nhau thì chọn một số được dùng."
    )
    list_display = ["name", "text", "unit", "as_of", "source", "is_used"]
    list_filter = ["subject", "is_used"]
    list_select_related = ["unit__parent__parent"]
    search_fields = ["name", "source"]
    autocomplete_fields = ["unit", "type"]

    @admin.display(description="số công bố")
    def text(self, figure):
        return figure.text
