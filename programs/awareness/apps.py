from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "programs.awareness"
    label = "awareness"
    verbose_name = "Tuyên truyền"
