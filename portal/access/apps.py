from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "portal.access"
    label = "access"
    verbose_name = "Phân quyền"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from portal.access import second_step

        user_logged_in.connect(second_step.note_sign_in, dispatch_uid="second_step")
