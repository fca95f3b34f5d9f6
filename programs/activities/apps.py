from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "programs.activities"
    label = "activities"
    verbose_name = "Sổ theo dõi hoạt động"
