"""What every page about tips is wrapped in: browsers keep nothing, error logs say nothing of the content.

`closed` is for pages behind a sign-in, `for_senders` for those of residents, who need no account.
"""

import logging
import traceback
from functools import wraps

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from portal.access.decorators import public

log = logging.getLogger("programs.tips")


def closed(view):
    """Headers, and errors without values: the log says which line failed, not what was in it."""

    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except (Http404, PermissionDenied, SuspiciousOperation):
            raise
        except Exception as error:
            log.error("%s in %s at %s", type(error).__name__, view.__name__, _lines(error))
            response = HttpResponseServerError(render_to_string("500.html"))
        return private(response)

    return wrapped


def for_senders(view):
    """A page for anyone: no cookie, no session; what it needs from page to page is sealed in the form.

    Without a session there is nothing that a forged request could use.
    """
    guarded = closed(view)

    @csrf_exempt
    @public
    @wraps(view)
    def opened(request, *args, **kwargs):
        response = guarded(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return opened


def private(response):
    """The headers of a page that nobody else should find.

    No address leaves the portal; with "no-referrer" browsers would send forms with "Origin: null", which the
    protection of signed-in pages against forged requests refuses.
    """
    response["Cache-Control"] = "no-store, private, max-age=0"
    response["Referrer-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _lines(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
