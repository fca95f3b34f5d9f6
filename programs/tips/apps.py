from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "programs.tips"
    label = "tips"
    verbose_name = "Nguồn tin của người dân"

    def ready(self):
        from portal.home.parts import register_tasks
        from programs.tips.desk import presentation

        register_tasks(presentation.desk_tasks, order=30)
