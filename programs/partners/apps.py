from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "programs.partners"
    label = "partners"
    verbose_name = "Phối hợp thực hiện"

    def ready(self):
        from programs.activities import extensions
        from programs.partners import habits, twins

        extensions.register_before_save(twins.warn_of_twins)
        extensions.register_hint(twins.twin_hint)
        extensions.register_hint(habits.attendance_hint)
