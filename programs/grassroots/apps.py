from django.apps import AppConfig


class GrassrootsConfig(AppConfig):
    name = "programs.grassroots"
    label = "grassroots"
    verbose_name = "Công tác ở cơ sở"
