from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "programs.sheets"
    label = "sheets"
    verbose_name = "Nhập, xuất Excel"

    def ready(self):
        from portal.access.permissions import Permission
        from programs.activities.extensions import register_list_action
        from programs.sheets import jobs, takedown  # noqa: F401 - registers the kinds of background work

        register_list_action("Nhập từ Excel", "sheets:index", Permission.LOG_WRITE)
        register_list_action("Tải .xlsx", "sheets:export_xlsx", of_kind="sheets:export_kind_xlsx")
        register_list_action("Tải .csv", "sheets:export_csv", of_kind="sheets:export_kind_csv")
        takedown.register()
