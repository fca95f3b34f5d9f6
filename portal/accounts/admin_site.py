"""The stock admin site, in our name: signing in and passwords are the portal's own pages."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, models
from django.db.models import ProtectedError, RestrictedError
from django.db.models.constants import LOOKUP_SEP
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.text import capfirst

from portal.refusals import sqlstate


def _is_left_out(model) -> bool:
    return model is Group or model._meta.app_label == "otp_totp"


# SQLSTATE classes of what is wrong with the data; raised by triggers.
DATA = ("22", "23", "P0001")
IN_USE = "Không xóa được: dữ liệu khác đang dùng dòng này. Cho thôi dùng (đặt ngày kết thúc) thay vì xóa."
REFUSED = "Cơ sở dữ liệu không nhận thay đổi này, chưa có gì được lưu. Kiểm tra lại các mục rồi lưu lần nữa."


def _refusals_said(view):
    @wraps(view)
    def said(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (ProtectedError, RestrictedError):
            text = IN_USE
        except DatabaseError as error:
            if request.method != "POST" or not sqlstate(error).startswith(DATA):
                raise
            text = IN_USE if sqlstate(error) in ("23503", "23001") else REFUSED
        messages.error(request, text)
        return redirect(request.get_full_path())

    return said


def uses_of(rows) -> list[str]:
    """What keeps some rows of one model from being deleted, by the names of the tables alone.

    The stock page lists every single thing: it would load the log of a whole country, and print its titles to
    administrators, who see no work.
    """
    relations = rows[0]._meta.get_fields(include_hidden=True) if rows else ()
    return [
        capfirst(each.related_model._meta.verbose_name_plural)
        for each in relations
        if getattr(each, "on_delete", None) in (models.PROTECT, models.RESTRICT)
        and each.auto_created
        and each.related_model._base_manager.filter(**{f"{each.field.name}__in": rows}).exists()
    ]


class SaysWhatUses:
    """Deleting what is in use is refused with the names of the tables that use it."""

    def get_deleted_objects(self, objs, request):
        rows = list(objs)
        used = sorted(set(uses_of(rows)))
        return ([], {}, set(), used) if used else super().get_deleted_objects(rows, request)


def _asked_of(model, lookup: str) -> str:
    """The column that a lookup asks about, without the key of a row and the manner of comparing."""
    names = []
    for part in lookup.split(LOOKUP_SEP):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            break
        if not field.is_relation:
            names += [] if names and field.primary_key else [part]
            break
        names.append(part)
        model = field.related_model
    return LOOKUP_SEP.join(names)


class AsksAboutItsFilters:
    """An address asks a list about its filters and its days alone.

    The stock page answers questions about every column of the table, one letter after the other: also about
    the digest of a password.
    """

    def lookup_allowed(self, lookup, value, request=None):
        filters = self.get_list_filter(request) if request else self.list_filter
        shown = {getattr(each, "parameter_name", each) for each in filters if isinstance(each, str | type)}
        shown |= {each[0] for each in filters if isinstance(each, list | tuple)} | {self.date_hierarchy}
        return lookup in shown or _asked_of(self.model, lookup) in shown


class PortalAdminSite(admin.AdminSite):
    site_title = "Quản trị cổng phối hợp"
    site_header = "Quản trị cổng phối hợp"
    index_title = "Danh mục và tài khoản"
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Groups are not used: rights come from postings. Keys of the second step are nobody's to read."""
        given = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        stock = admin_class or admin.ModelAdmin
        bases = (SaysWhatUses, AsksAboutItsFilters, stock)
        own = type(stock.__name__, bases, {"__module__": stock.__module__})
        super().register([model for model in given if not _is_left_out(model)], own, **options)

    def login(self, request, extra_context=None):
        """Strangers sign in on the portal's page; those who administer nothing go to their own first page."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if request.user.is_authenticated and not self.has_permission(request):
            return redirect("/")
        if request.user.is_authenticated:
            return redirect(reverse("admin:index", current_app=self.name))
        return redirect_to_login(wanted)

    def admin_view(self, view, cacheable=False):
        """What the database refuses is said in a sentence on the page, in whatever catalogue it happens."""
        return super().admin_view(_refusals_said(view), cacheable)

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")

    def logout(self, request, extra_context=None):
        """The admin's button posts here; 307 keeps it a POST."""
        response = redirect(resolve_url("accounts:sign_out"))
        response.status_code = 307
        return response
