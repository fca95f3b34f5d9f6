from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "programs.tips"
    label = "tips"
    verbose_name = "Nguồn tin của người dân"
