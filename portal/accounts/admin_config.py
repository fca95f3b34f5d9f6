from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Puts our AdminSite in the place of the stock one (INSTALLED_APPS)."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"
