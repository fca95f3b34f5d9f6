from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "programs.attachments"
    label = "attachments"
    verbose_name = "Ảnh và tài liệu kèm theo"

    def ready(self):
        from programs.attachments import pages, takedown

        pages.register()
        takedown.register()
