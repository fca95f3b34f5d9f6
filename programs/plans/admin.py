"""The nation's programmes are entered by the portal's admins; a change of days files activities anew."""

from django.contrib import admin

from programs.coordination.models import CoordinationProgram, ProgramParty, ProgramStage
from programs.plans import national_admin  # noqa: F401 - registers what is done about the nation's programmes
from programs.plans.programmes.jobs import start_refiling


class PartyInline(admin.TabularInline):
    model = ProgramParty
    extra = 0


class StageInline(admin.TabularInline):
    model = ProgramStage
    extra = 0


@admin.register(CoordinationProgram)
class CoordinationProgramAdmin(admin.ModelAdmin):
    about = (
        "Chương trình phối hợp của trung ương do quản trị hệ thống đăng ký; tỉnh, xã tự đăng ký "
        "chương trình của mình. Đổi thời gian thực hiện thì hoạt động đã ghi được xếp lại. Chương "
        "trình hết hiệu lực thì ghi ngày kết thúc và chương trình thay thế, không xóa."
    )
    list_display = ["number", "title", "level", "unit", "starts_on", "ends_on"]
    list_filter = ["level"]
    list_select_related = ["unit"]
    search_fields = ["number", "title"]
    raw_id_fields = ["unit"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [PartyInline, StageInline]
    # The pages are of those whom a programme binds; who keeps the catalogues sees no work.
    view_on_site = False

    def save_model(self, request, obj, form, change):
        """What was logged is filed under the programme in force, whenever it was registered."""
        before = CoordinationProgram.objects.filter(pk=obj.pk).values_list("starts_on", "ends_on").first()
        super().save_model(request, obj, form, change)
        if before != (obj.starts_on, obj.ends_on):
            now = (obj.starts_on, obj.ends_on)
            starts, ends = zip(before or now, now, strict=True)
            end = None if None in ends else max(ends)
            start_refiling(obj, start=min(starts), end=end, by=request.user)
