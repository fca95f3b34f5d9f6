"""Signing in and out, and the own password. All else about accounts is in the admin site."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal.access.decorators import public, signed_in
from portal.access.forms import PasswordChangeForm, SignInForm
from portal.accounts.actions import change_password


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request):
    """Ask for username and password, then go where the person wanted to go."""
    if request.user.is_authenticated:
        return redirect(where_to(request))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        return redirect(where_to(request))
    status = 422 if form.errors else 200
    return render(
        request, "accounts/sign_in.html", {"form": form, "next": _asked_for(request)}, status=status
    )


@public
@require_POST
def sign_out(request):
    """End the session. By POST alone, so that no link or image of another site signs anyone out."""
    logout(request)
    messages.success(request, "Đồng chí đã đăng xuất.")
    return redirect("accounts:sign_in")


@signed_in
@sensitive_post_parameters()
def password_change(request):
    """The own password; at the first sign-in every other page leads here."""
    form = PasswordChangeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_password(user=request.user, password=form.cleaned_data["new_password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect(where_to(request))
    context = {"form": form, "rules": password_validators_help_texts()}
    return render(request, "accounts/password_change.html", context, status=422 if form.errors else 200)


def _asked_for(request):
    """The page to go to after signing in, if it is one of ours; else nothing."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""


def where_to(request):
    """The page asked for; else the first page, or the admin site for those who only administer."""
    if request.user.must_change_password:
        return resolve_url("accounts:password_change")
    first = "admin:index" if request.user.is_staff and not request.user.postings_in_force() else "home"
    return _asked_for(request) or resolve_url(first)
