from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "programs.activities"
    label = "activities"
    verbose_name = "Sổ theo dõi hoạt động"

    def ready(self):
        from programs.activities import copying, extensions, home, secrets, takedown
        from programs.activities.custom import parts

        home.register()
        parts.register()
        secrets.register()
        extensions.register_list_action("Số hiện có", "activities:readings")
        copying.register()
        takedown.register()
