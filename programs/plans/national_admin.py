"""What is done about the nation's programmes is entered in the admin: rows without a unit, no others."""

import pghistory
from django.contrib import admin
from django.db.models import Max
from django.utils import timezone

from programs.coordination.models import CoordinationProgram
from programs.plans import national_forms as own
from programs.plans.joint.model import MOST_TARGETS, MOST_TASKS
from programs.plans.models import (
    Award,
    GuidingDocument,
    JointPlan,
    Meeting,
    MeetingProgramme,
    PlanTask,
    SignedAgreement,
    SigningCeremony,
    Target,
)

SECRETS = " Không nhập nội dung có độ mật."


class Nations(admin.ModelAdmin):
    """Rows of the country that stand. Units' rows do not exist here: keepers of catalogues see no work."""

    view_on_site = False
    actions = None
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).filter(unit=None, removed_at=None)

    def has_delete_permission(self, request, obj=None):
        """Removed with a reason, in the form."""
        return False

    def get_fields(self, request, obj=None):
        fields = [*self.form._meta.fields, *(["file"] if "file" in self.form.base_fields else [])]
        return [*fields, *(["removal", "seen"] if obj else ["token"])]

    def changeform_view(self, request, *args, **kwargs):
        """The history tells who it was."""
        with pghistory.context(user=request.user.pk, verb="national"):
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.logged_by = request.user
        if reason := form.cleaned_data.get("removal"):
            obj.removed_at, obj.removed_by, obj.removal_reason = timezone.now(), request.user, reason
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Who entered a part, and its place after those that are there."""
        for row in formset.save(commit=False):
            if row.pk is None and hasattr(row, "logged_by_id"):
                row.logged_by = request.user
            if row.pk is None and hasattr(row, "place"):
                last = type(row).objects.filter(plan=row.plan).aggregate(last=Max("place"))["last"]
                row.place = (last or 0) + 1
            row.save()
        for row in formset.deleted_objects:
            self.delete_part(row)
        formset.save_m2m()

    def delete_part(self, row) -> None:
        row.delete()


class Part(admin.StackedInline):
    extra = 0
    show_change_link = False


class TaskInline(Part):
    model, form, max_num = PlanTask, own.NationalTaskForm, MOST_TASKS


class TargetInline(Part):
    model, form, formset, max_num = Target, own.NationalTargetForm, own.TargetFormSet, MOST_TARGETS

    def get_formset(self, request, obj=None, **kwargs):
        kwargs["form"] = type("OfPlanForm", (self.form,), {"plan": obj})
        return super().get_formset(request, obj, **kwargs)


class AgreementInline(Part):
    model, form = SignedAgreement, own.NationalAgreementForm

    def get_formset(self, request, obj=None, **kwargs):
        """Signatories protect an agreement, but go with it (`delete_part`): the stock check is left out."""
        found = super().get_formset(request, obj, **kwargs)
        found.form.hand_clean_DELETE = lambda form: None
        return found


class ProgrammeInline(admin.TabularInline):
    model, extra, min_num = MeetingProgramme, 0, 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = CoordinationProgram.objects.filter(unit=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(GuidingDocument)
class GuidingDocumentAdmin(Nations):
    about = "Văn bản chỉ đạo của trung ương theo chương trình phối hợp, kèm tệp PDF, Word." + SECRETS
    form = own.NationalDocumentForm
    list_display = ["__str__", "abstract", "issuer", "issued_on", "programme"]
    list_select_related = ["programme"]
    search_fields = ["search_key", "number_key"]


@admin.register(JointPlan)
class JointPlanAdmin(Nations):
    about = (
        "Kế hoạch phối hợp của trung ương, với nhiệm vụ và chỉ tiêu phấn đấu. Mức đạt tự tính từ sổ theo "
        "dõi của cả nước." + SECRETS
    )
    form = own.NationalPlanForm
    list_display = ["__str__", "title", "state", "starts_on", "ends_on", "programme"]
    list_select_related = ["programme"]
    inlines = [TaskInline, TargetInline]


@admin.register(Meeting)
class MeetingAdmin(Nations):
    about = (
        "Hội nghị của trung ương về một hoặc nhiều chương trình. Chủ trì ghi chức danh, không ghi họ tên."
        + SECRETS
    )
    form = own.NationalMeetingForm
    list_display = ["title", "kind", "held_on", "mode"]
    inlines = [ProgrammeInline]


@admin.register(SigningCeremony)
class SigningCeremonyAdmin(Nations):
    about = "Lễ ký kết của trung ương, với từng văn bản được ký và các bên ký." + SECRETS
    form = own.NationalCeremonyForm
    list_display = ["title", "held_on", "programme"]
    list_select_related = ["programme"]
    inlines = [AgreementInline]

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for each in formset.forms:
            if "signatories" in each.changed_data and each not in formset.deleted_forms:
                own.SignatoriesField.write(each.instance, each.cleaned_data["signatories"])

    def delete_part(self, row) -> None:
        row.signatories.all().delete()
        super().delete_part(row)


@admin.register(Award)
class AwardAdmin(Nations):
    about = (
        "Khen thưởng của trung ương, bằng số lượng. Chỉ ghi tên tập thể; cá nhân chỉ ghi số lượng." + SECRETS
    )
    form = own.NationalAwardForm
    list_display = ["__str__", "recipient", "count", "awarded_on", "programme"]
    list_select_related = ["programme"]
