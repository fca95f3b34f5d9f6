from django.contrib.admin.apps import AdminConfig
from django.utils.safestring import mark_safe


class PortalAdminConfig(AdminConfig):
    """Puts our AdminSite in the place of the stock one (INSTALLED_APPS)."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"

    def ready(self):
        """Django writes True and False into the icons' texts, past every translation: no other way in."""
        from django.contrib.admin.templatetags import admin_list

        stock, words = admin_list._boolean_icon, {True: "Có", False: "Không", None: "Không rõ"}

        def icon(value):
            return mark_safe(stock(value).replace(f'alt="{value}"', f'alt="{words[value]}"'))

        admin_list._boolean_icon = icon
        super().ready()
