"""How django-axes is bent to this portal: one spelling of a username, a limit per address, our own page."""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.shortcuts import render

from portal.accounts.fields import normalise_username


def attempted_username(request, credentials=None):
    """The account that an attempt is counted against: "CA.18073 " and "ca.18073" are one."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return normalise_username(typed)[:255]


class LockoutHandler(AxesDatabaseHandler):
    """Locks a pair of username and address after a few failures, and an address that tries many usernames.

    The usernames follow the codes of units and can be guessed; without the second limit one machine could
    try a common password on all of them.
    """

    def is_locked(self, request, credentials=None):
        return super().is_locked(request, credentials) or self._tries_many_accounts(request)

    def _tries_many_accounts(self, request):
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
        )
        failures = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
        return failures >= settings.SIGN_IN_FAILURES_PER_ADDRESS


def locked_out(request, response=None, credentials=None):
    """The page in place of the answer while signing in is locked (429)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes, "username": attempted_username(request, credentials)}
    page = render(request, "accounts/locked_out.html", context, status=429)
    page["Retry-After"] = str(minutes * 60)
    return page
