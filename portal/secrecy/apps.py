from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "portal.secrecy"
    label = "secrecy"
    verbose_name = "Giữ bí mật nhà nước"
