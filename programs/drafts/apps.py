from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "programs.drafts"
    label = "drafts"
    verbose_name = "Bản nháp"

    def ready(self):
        from programs.drafts import pages, takedown

        pages.register()
        takedown.register()
