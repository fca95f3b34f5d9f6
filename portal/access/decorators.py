"""Every view wears one of these. They leave `view.access`, which the walk test and the middleware read."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from portal.access.permissions import Permission
from portal.access.scoping import has

PUBLIC = "public"
SIGNED_IN = "signed-in"
NO_RIGHT = "Tài khoản của đồng chí hiện không có quyền mở trang này."


def public(view):
    """Anyone may open the view."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    opened.access = PUBLIC
    return opened


def before_second_step(when):
    """The view opens before the second step of signing in: while a code is "asked" for, or none is set up
    yet ("missing") where one is required."""

    def decorate(view):
        view.before_second_step = when
        return view

    return decorate


def signed_in(view):
    """Anyone with an account may open the view, also before the forced password change."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = SIGNED_IN
    return guarded


def requires(permission):
    """Only for those with `permission` somewhere: strangers sign in first, others get 403.

    Which rows is another question: look them up through `visible_to`. Pages are never kept by the browser,
    since offices share computers.
    """
    permission = Permission(permission)

    def decorate(view):
        @never_cache
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.must_change_password:
                return redirect("accounts:password_change")
            if not has(request.user, permission):
                raise PermissionDenied(NO_RIGHT)
            return view(request, *args, **kwargs)

        guarded.access = permission
        return guarded

    return decorate
