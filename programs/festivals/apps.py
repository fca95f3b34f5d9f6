from django.apps import AppConfig


class FestivalsConfig(AppConfig):
    name = "programs.festivals"
    label = "festivals"
    verbose_name = "Ngày hội"

    def ready(self):
        from programs.activities.extensions import register_list_action

        register_list_action("Độ phủ ngày hội", "festivals:coverage")
