"""Starting, repeating and recovering jobs."""

import logging

from django.db import transaction
from django.utils import timezone

from portal.jobs.execution import MAX_ATTEMPTS
from portal.jobs.models import Job

log = logging.getLogger(__name__)
GAVE_UP = "Đã thử nhiều lần nhưng máy chủ đều dừng giữa chừng. Hãy bấm «Thử lại»."


@transaction.atomic
def start(*, kind: str, key: str, args: dict, total: int = 0, unit=None, by=None) -> Job:
    """The job of this key, made and handed to a worker after commit if it is new. Asked twice, it is one."""
    job, is_new = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "args": args,
            "total": total,
            "unit": unit,
            "created_by": by,
            "queued_at": timezone.now(),
        },
    )
    if is_new:
        transaction.on_commit(lambda: deliver(job.pk))
    return job


@transaction.atomic
def retry(*, job: Job, by) -> Job:
    """Queue a failed job again from where it stopped; any other is left alone."""
    fresh = {"error": "", "attempts": 0, "finished_at": None, "queued_at": timezone.now()}
    if Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(state=Job.State.QUEUED, **fresh):
        log.info("job %s retried by user %s", job.pk, by.pk if by else "-")
        transaction.on_commit(lambda: deliver(job.pk))
    job.refresh_from_db()
    return job


def deliver(pk: int) -> bool:
    """Hand a job to the broker. One that is down loses nothing: the row stays, the sweeper comes back."""
    from portal.jobs.tasks import run_job

    try:
        run_job.apply_async((pk,), retry=False)
    except Exception:  # the brokers' libraries share no base class for "not reachable"
        log.warning("job %s could not be handed over, the sweeper will", pk, exc_info=True)
        return False
    return True


def sweep() -> int:
    """Hand over again what was lost; how many. Runs every few seconds, safe to run anywhere and twice."""
    for job in Job.objects.lapsed():
        _release(job)
    lost = list(Job.objects.forgotten().values_list("pk", flat=True))
    Job.objects.filter(pk__in=lost, state=Job.State.QUEUED).update(queued_at=timezone.now())
    return sum(deliver(pk) for pk in lost)


def _release(job: Job) -> None:
    """Back to the queue, or failed for good when every attempt so far has died."""
    now, free = timezone.now(), {"claim": None, "lease_until": None}
    held = Job.objects.filter(pk=job.pk, claim=job.claim, lease_until__lt=now)
    if job.attempts >= MAX_ATTEMPTS:
        held.update(state=Job.State.FAILED, error=GAVE_UP, finished_at=now, **free)
    elif held.update(state=Job.State.QUEUED, queued_at=now, **free):
        deliver(job.pk)
