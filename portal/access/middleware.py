"""What holds for every page, also for the admin site, whose views wear no decorator of ours."""

from django.shortcuts import redirect

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
