"""Refiling as background work: one step a unit, with its progress on the programme's page."""

from datetime import date
from uuid import uuid4

from django.urls import reverse

from portal.jobs import actions
from portal.jobs.models import Job
from portal.jobs.registry import job
from programs.coordination.models import CoordinationProgram
from programs.plans.programmes.refiling import refile_unit, units_to_refile

KIND = "plans.refile"


def start_refiling(programme, *, start: date, end: date | None, by) -> Job:
    """Have the activities of these days filed anew after commit; a worker does it."""
    args = {
        "programme": programme.pk,
        "start": start.isoformat(),
        "end": end.isoformat() if end else None,
        "by": by.pk,
    }
    key = f"{KIND}:{programme.pk}:{uuid4().hex}"
    return actions.start(kind=KIND, key=key, args=args, unit=programme.unit, by=by)


def latest_refiling(programme) -> Job | None:
    """The last time that activities were filed anew because of the programme."""
    jobs = Job.objects.filter(kind=KIND, key__startswith=f"{KIND}:{programme.pk}:")
    return jobs.order_by("-created_at", "-pk").first()


def _page(done: Job) -> str:
    return reverse("plans:programme", args=[done.args["programme"]])


@job(KIND, title="Xếp hoạt động đã ghi vào chương trình có hiệu lực", result=_page)
def refile(work) -> None:
    """All units under the programme, one after the other."""
    args = work.args
    programme = CoordinationProgram.objects.get(pk=args["programme"])
    start = date.fromisoformat(args["start"])
    end = date.fromisoformat(args["end"]) if args["end"] else None
    units = units_to_refile(programme, start, end)
    work.checkpoint(done=0, total=len(units))
    for done, unit_id in enumerate(units, 1):
        refile_unit(unit_id, start, end, by=args["by"], programme=programme.pk)
        work.checkpoint(done=done)
