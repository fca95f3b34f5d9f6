"""How far a background job has got. The page reloads itself by a response header: no script needed."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from portal.access.decorators import requires
from portal.access.permissions import Permission
from portal.access.scoping import get_visible_or_404
from portal.jobs import actions
from portal.jobs.models import Job

RELOAD_EVERY_S = 2


@requires(Permission.PERIOD_OPEN)
def progress(request, pk):
    job = get_visible_or_404(Job.objects.select_related("unit"), request.user, Permission.PERIOD_OPEN, pk=pk)
    response = render(request, "jobs/progress.html", {"job": job})
    if not job.is_over:
        response.headers["Refresh"] = str(RELOAD_EVERY_S)
    return response


@requires(Permission.PERIOD_OPEN)
@require_POST
def retry(request, pk):
    job = get_visible_or_404(Job.objects.all(), request.user, Permission.PERIOD_OPEN, pk=pk)
    actions.retry(job=job, by=request.user)
    return redirect("jobs:progress", pk=pk)
