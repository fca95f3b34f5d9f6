"""The stock admin site, in our name: signing in and passwords are the portal's own pages."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.urls import reverse


def _is_left_out(model) -> bool:
    return model is Group or model._meta.app_label == "otp_totp"


class PortalAdminSite(admin.AdminSite):
    site_title = "Quản trị cổng phối hợp"
    site_header = "Quản trị cổng phối hợp"
    index_title = "Danh mục và tài khoản"
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Groups are not used: rights come from postings. Keys of the second step are nobody's to read."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().register([model for model in models if not _is_left_out(model)], admin_class, **options)

    def login(self, request, extra_context=None):
        """Strangers sign in on the portal's page; those who administer nothing go to their own first page."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if request.user.is_authenticated and not self.has_permission(request):
            return redirect("/")
        if request.user.is_authenticated:
            return redirect(reverse("admin:index", current_app=self.name))
        return redirect_to_login(wanted)

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")

    def logout(self, request, extra_context=None):
        """The admin's button posts here; 307 keeps it a POST."""
        response = redirect(resolve_url("accounts:sign_out"))
        response.status_code = 307
        return response
