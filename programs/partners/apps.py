from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "programs.partners"
    label = "partners"
    verbose_name = "Phối hợp thực hiện"

    def ready(self):
        from portal.access.permissions import Permission
        from portal.home.parts import register_tasks
        from programs.activities import extensions
        from programs.partners import forms, habits, history, presentation, scope, takedown, twins

        extensions.register_form_part(forms.PartnersPart)
        extensions.register_detail_part("partners/_detail.html", presentation.partners_context, place="side")
        extensions.register_history(history.changes_of)
        extensions.register_entry_scope(scope.joint_entries)
        register_tasks(presentation.waiting_task)
        extensions.register_row_marks(scope.marks)
        extensions.register_list_action("Chờ Mặt trận xác nhận", "partners:waiting", Permission.LOG_WRITE)
        extensions.register_before_save(twins.warn_of_twins)
        extensions.register_rows_check(twins.twins_of_rows)
        extensions.register_hint(twins.twin_hint)
        extensions.register_hint(habits.attendance_hint)
        takedown.register()
