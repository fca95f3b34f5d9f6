"""Drafts in the admin: when and whose, to be taken away; what was typed is not shown there."""

from django.contrib import admin

from programs.drafts.models import Draft


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):
    """To take a draft away that should not be there; nothing to add, to change or to read in it."""

    about = (
        "Bản nháp đang chờ nhập tiếp; không xem được nội dung. Bản nháp 30 ngày không sửa tự xóa, chỉ "
        "xóa ở đây khi cần."
    )
    list_display = ("saved_at", "owner", "unit", "side", "kind")
    list_select_related = ("owner", "unit")
    list_filter = ("kind",)
    fields = readonly_fields = ("owner", "unit", "side", "kind", "begun_at", "saved_at")
    ordering = ("-saved_at", "-pk")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
