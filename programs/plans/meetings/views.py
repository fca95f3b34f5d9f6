"""The page of a meeting."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.decorators import requires
from portal.access.scoping import has
from programs.plans.models import Meeting
from programs.plans.reach import READ, WRITE
from programs.plans.views import readable_or_404


@requires(READ)
@require_safe
def meeting(request, pk):
    """One meeting: who chaired, from which points, about which programmes, with what outcome."""
    found = readable_or_404(Meeting.objects.standing().with_names(), request.user, pk=pk)
    may_write = found.unit is not None and has(request.user, WRITE, found.unit)
    return render(request, "plans/meeting.html", {"meeting": found, "may_write": may_write})
