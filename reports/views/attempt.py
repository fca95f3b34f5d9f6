"""Doing what a button asks: a refusal is said in Vietnamese on the page that follows."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect

from reports.errors import ReportError


def attempt(request, act: Callable, *, done: str, then: str, args=()):
    """Run `act`, say `done` or why not, and go to the page `then` (a URL name with `args`)."""
    try:
        act()
    except ReportError as refusal:
        messages.error(request, refusal.message_vi)
    else:
        messages.success(request, done)
    return redirect(then, *args)
