from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "portal.secrecy"
    label = "secrecy"
    verbose_name = "Giữ bí mật nhà nước"

    def ready(self):
        from portal.secrecy import registry, takedown

        registry.register_takedown(takedown.sessions_with)
        registry.register_takedown(takedown.admin_log_with)
