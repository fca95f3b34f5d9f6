from django.contrib import admin

from portal.secrecy.models import Attestation


@admin.register(Attestation)
class AttestationAdmin(admin.ModelAdmin):
    """To be read: who has attested, when and where. There are no words to be read."""

    about = (
        "Ai đã xác nhận nội dung không có bí mật nhà nước, lúc nào, ở đâu. Chỉ để đọc; không giữ lại "
        "chữ đã nhập."
    )
    list_display = ("at", "by", "place", "subject", "signs_in_words")
    list_filter = ("place",)
    list_select_related = ("by",)
    readonly_fields = ("by", "at", "place", "subject", "fields", "signs")

    @admin.display(description="dấu hiệu")
    def signs_in_words(self, row):
        return ", ".join(row.signs)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
