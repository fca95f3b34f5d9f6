from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "Việc cần làm"

    def ready(self):
        from portal.home import admins

        admins.register()
