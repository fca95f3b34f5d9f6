"""The catalogue in the admin: types, obligations, holidays. Reports themselves are no business of admins."""

from django import forms
from django.contrib import admin

from reports.models import PublicHoliday, ReportingObligation, ReportType
from reports.models.catalogue import SIGNING_SIDES


class Kept:
    """Rows that reports rest on are ended or changed, not deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class ReportTypeForm(forms.ModelForm):
    """Sides as two boxes to tick."""

    confirming_sides = forms.MultipleChoiceField(
        label="Bên xác nhận", choices=SIGNING_SIDES, widget=forms.CheckboxSelectMultiple
    )
    issuing_sides = forms.MultipleChoiceField(
        label="Bên ban hành", choices=SIGNING_SIDES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ReportType
        fields = ["name", "slug", "level", "period_kind", "compiles", "issuing_sides", "confirming_sides"]


@admin.register(ReportType)
class ReportTypeAdmin(Kept, admin.ModelAdmin):
    about = (
        "Các loại báo cáo: cấp nào lập, theo kỳ nào, bên nào xác nhận và ban hành. Loại đã có báo cáo "
        "thì không đổi cấp, kỳ."
    )
    form = ReportTypeForm
    list_display = ["name", "level", "period_kind", "issuers", "confirmers"]
    list_filter = ["level", "period_kind"]
    search_fields = ["name", "slug"]

    @admin.display(description="bên ban hành")
    def issuers(self, report_type):
        return _labels(report_type.issuing_sides)

    @admin.display(description="bên xác nhận")
    def confirmers(self, report_type):
        return _labels(report_type.confirming_sides)

    def get_readonly_fields(self, request, obj=None):
        """What reports were made by does not change under them."""
        in_use = obj is not None and obj.reports.exists()
        return ["slug", "level", "period_kind", "compiles"] if in_use else []


@admin.register(ReportingObligation)
class ReportingObligationAdmin(Kept, admin.ModelAdmin):
    about = (
        "Theo chương trình nào thì phải nộp báo cáo nào, hạn mấy ngày làm việc sau kỳ. Đã có báo cáo "
        "thì không đổi chương trình, loại, lịch."
    )
    list_display = ["report_type", "programme", "calendar", "working_days", "opens_by_itself", "starts_on"]
    list_filter = ["programme", "report_type__level", "opens_by_itself"]
    list_select_related = ["report_type", "programme"]
    autocomplete_fields = ["programme", "report_type"]

    def get_readonly_fields(self, request, obj=None):
        """An obligation that has been asked for keeps its programme, type and calendar."""
        asked = obj is not None and obj.report_type.reports.filter(programme=obj.programme_id).exists()
        return ["programme", "report_type", "calendar"] if asked else []


@admin.register(PublicHoliday)
class PublicHolidayAdmin(admin.ModelAdmin):
    about = (
        "Ngày nghỉ lễ và ngày làm bù, dùng để tính hạn nộp báo cáo theo ngày làm việc. Nhập theo "
        "thông báo nghỉ lễ hằng năm."
    )
    list_display = ["day", "name", "is_worked", "source"]
    list_filter = ["is_worked"]
    search_fields = ["name"]
    date_hierarchy = "day"


def _labels(sides: list[str]) -> str:
    names = dict(SIGNING_SIDES)
    return ", ".join(names[side] for side in sides)
