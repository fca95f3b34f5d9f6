"""Who comes to the pages for senders is forgotten at the door."""

from django.conf import settings

FORGOTTEN = ("HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_AUTHORIZATION")


class ForgetSenderMiddleware:
    """Takes cookies and the browser's name off the request before anything else can read them.

    So an officer who is signed in sends as a stranger, and no error report holds what browser it was. The
    address stays for counting (throttle.py), where nothing but a hash of it is kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(f"/{settings.TIPS_PATH}"):
            for name in FORGOTTEN:
                request.META.pop(name, None)
        return self.get_response(request)
