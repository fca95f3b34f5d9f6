"""The catalogues of partners and movements. What a record names is ended, not deleted."""

from django.contrib import admin

from portal.accounts.admin_own import ProvincesOwn
from programs.partners.models import LinkedMovement, Partner


class Kept:
    """Rows that records point at are taken out of use."""

    list_filter = ["is_active"]
    search_fields = ["name"]
    ordering = ["sort_key", "pk"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Partner)
class PartnerAdmin(Kept, ProvincesOwn):
    about = (
        "Đơn vị, tổ chức chọn được khi ghi hoạt động. Thôi dùng thì bỏ chọn “đang dùng”, không xóa: "
        "hoạt động cũ vẫn giữ tên."
    )
    place_path = "unit"
    only_mine = "Tỉnh, thành phố của mình hoặc một xã, phường, đặc khu trong tỉnh: chỉ dùng ở đó."
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "kind", "unit", "is_active"],
            },
        )
    ]
    list_display = ["name", "kind", "unit", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["unit__parent"]
    autocomplete_fields = ["unit"]


@admin.register(LinkedMovement)
class LinkedMovementAdmin(Kept, admin.ModelAdmin):
    about = (
        "Phong trào, cuộc vận động chọn được khi ghi hoạt động có lồng ghép. Thôi dùng thì bỏ chọn "
        "“đang dùng”, không xóa: hoạt động cũ vẫn giữ tên."
    )
    list_display = ["name", "is_active"]
