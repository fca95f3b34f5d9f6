from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "programs.sheets"
    label = "sheets"
    verbose_name = "Nhập, xuất Excel"

    def ready(self):
        from programs.sheets import jobs  # noqa: F401 - registers the kinds of background work
