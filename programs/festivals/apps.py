from django.apps import AppConfig


class FestivalsConfig(AppConfig):
    name = "programs.festivals"
    label = "festivals"
    verbose_name = "Ngày hội"
