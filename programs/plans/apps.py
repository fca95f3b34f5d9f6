from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "programs.plans"
    label = "plans"
    verbose_name = "Thực hiện chương trình phối hợp"

    def ready(self):
        from programs.attachments.sweeping import register_keeper
        from programs.plans import home, takedown
        from programs.plans.documents.files import kept
        from programs.plans.programmes import jobs  # noqa: F401 - registers the refiling of activities

        register_keeper(kept)
        takedown.register()
        home.register()
