from django.apps import AppConfig


class ModelsRegistryConfig(AppConfig):
    name = "models_registry"
    verbose_name = "Mô hình, lực lượng nòng cốt, chứng nhận"

    def ready(self):
        from models_registry import takedown

        takedown.register()
