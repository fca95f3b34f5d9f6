"""Who a session belongs to, and which of Django's model permissions the admin site finds with that person."""

from django.contrib.auth.backends import ModelBackend

from portal.accounts.managing import managed_provinces, manages_all

# What the admin site shows. The log, reports, tallies and tips are in no list: not even a superuser has them.
ADMIN_APPS = frozenset({"accounts", "units", "coordination"})
PROVINCE_ADMIN_PERMISSIONS = frozenset(
    f"accounts.{verb}_{model}"
    for model in ("user", "posting", "delegation")
    for verb in ("view", "add", "change")
)


class PortalBackend(ModelBackend):
    """Passwords as Django does them; permissions from the postings in force, never from groups or flags."""

    def has_perm(self, user_obj, perm, obj=None):
        app_label = perm.partition(".")[0]
        return user_obj.is_active and (
            (manages_all(user_obj) and app_label in ADMIN_APPS)
            or (perm in PROVINCE_ADMIN_PERMISSIONS and bool(managed_provinces(user_obj)))
        )

    def has_module_perms(self, user_obj, app_label):
        return self.has_perm(user_obj, f"{app_label}.view_user")

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions

    def with_perm(self, *args, **kwargs):
        raise NotImplementedError("Rights come from postings: ask portal.access.scoping.")
