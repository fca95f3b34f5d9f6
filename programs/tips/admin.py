"""The terms of tips in the admin: days by category, months by outcome. Of tips themselves nothing is here."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.tips.keeping_models import Clock, Retention

NOT_BACK = "Thời hạn mới áp dụng từ hôm nay trở đi: hạn đã báo cho người cung cấp không đổi."


class ClockForm(forms.ModelForm):
    class Meta:
        model = Clock
        fields = ["category", "starts_on", "answer_days", "finish_days"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "starts_on" in self.fields:
            self.fields["starts_on"].initial = timezone.localdate()

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day < timezone.localdate():
            raise ValidationError(NOT_BACK)
        return day


@admin.register(Clock)
class ClockAdmin(admin.ModelAdmin):
    """A term that began is never rewritten, tips go by that of the day they came: a new one follows."""

    about = (
        "Số ngày phải trả lời và giải quyết nguồn tin, theo loại và từ ngày nào."
        " Thời hạn đã bắt đầu không sửa: thêm thời hạn mới từ hôm nay trở đi."
    )
    form = ClockForm
    list_display = ["category", "starts_on", "answer_days", "finish_days"]
    list_filter = ["category"]
    list_per_page = 50
    actions = None

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_ahead(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_ahead(obj)


@admin.register(Retention)
class RetentionAdmin(admin.ModelAdmin):
    """One row for each outcome, for ever. Tips that ended already are kept as long as it was said then."""

    about = (
        "Số tháng giữ nguồn tin sau khi kết thúc, theo kết quả; hết hạn thì nội dung và tệp tự xóa,"
        " chỉ giữ lại số."
    )
    list_display = ["outcome", "months"]
    fields = ["outcome", "months"]
    readonly_fields = ["outcome"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _is_ahead(clock: Clock | None) -> bool:
    return clock is None or clock.starts_on > timezone.localdate()
