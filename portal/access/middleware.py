"""What holds for every page, also for the admin site, whose views wear no decorator of ours."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

from portal.access import second_step
from portal.access.decorators import PUBLIC, SIGNED_IN


class PasswordChangeMiddleware:
    """Until the one-time password is changed, every page but signing out leads to changing it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "access", None) in (PUBLIC, SIGNED_IN):
            return None
        if request.user.is_authenticated and request.user.must_change_password:
            return redirect("accounts:password_change")
        return None


class SecondStepMiddleware:
    """Between password and code nothing opens but the page that asks for the code; and for those who must
    have a second step and have none, nothing but their password and setting it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        access, opens = getattr(view, "access", None), getattr(view, "before_second_step", None)
        if access == PUBLIC or not request.user.is_authenticated:
            return None
        if second_step.is_asked(request):
            return None if opens == "asked" else _to("accounts:second_step_code", request)
        if opens or access == SIGNED_IN or request.user.must_change_password:
            return None
        return _to("accounts:second_step", request) if second_step.is_missing(request) else None


def _to(name, request):
    """The page that is in the way, and back to where one wanted to go."""
    wanted = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(f"{reverse(name)}{wanted}")
