from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "programs.coordination"
    label = "coordination"
    verbose_name = "Chương trình phối hợp"

    def ready(self):
        from programs.coordination import takedown

        takedown.register()
