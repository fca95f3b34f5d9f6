from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "programs.activities"
    label = "activities"
    verbose_name = "Sổ theo dõi hoạt động"

    def ready(self):
        from programs.activities import copying, secrets, takedown
        from programs.activities.custom import parts

        parts.register()
        secrets.register()
        copying.register()
        takedown.register()
