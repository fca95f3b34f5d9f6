from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "programs.tips"
    label = "tips"
    verbose_name = "Nguồn tin của người dân"

    def ready(self):
        from programs.activities import extensions
        from programs.tips.desk import presentation

        extensions.register_home_task(presentation.desk_tasks)
