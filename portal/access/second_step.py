"""Whether a session has passed the second step of signing in; asked of every page (middleware.py)."""

from portal.accounts import second_factor

KEY = "second_step"
ASKED, PASSED = "asked", "passed"


def note_sign_in(sender, request, user, **kwargs) -> None:
    """At signing in: the session says whether a code will be asked for, so that pages need not look it up."""
    if request is None or not hasattr(request, "session"):
        return
    if second_factor.device_of(user):
        request.session[KEY] = ASKED
    else:
        request.session.pop(KEY, None)


def note_passed(request) -> None:
    """The code was right: the session goes on under another name."""
    request.session.cycle_key()
    request.session[KEY] = PASSED


def is_asked(request) -> bool:
    """Signed in by password, and the code is still to come."""
    return request.session.get(KEY) == ASKED


def is_missing(request) -> bool:
    """Somebody who administers has no second step yet, where one is required."""
    return request.session.get(KEY) != PASSED and second_factor.is_required(request.user)


def is_pending(request) -> bool:
    return is_asked(request) or is_missing(request)
