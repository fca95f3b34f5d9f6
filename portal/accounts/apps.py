from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

    def ready(self):
        from portal.accounts.managing import managed_provinces, manages_all
        from portal.units import admin_scope

        admin_scope.limit_by(
            lambda user: admin_scope.EVERYWHERE if manages_all(user) else managed_provinces(user)
        )
