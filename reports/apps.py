from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from reports import home, reminders, takedown, tasks  # noqa: F401 - its job is known to the web process too

        home.register()
        reminders.register()
        takedown.register()
