"""Taking, holding and finishing a job. Whoever holds the claim may write; everyone else has lost it."""

import logging
import uuid

from django.db import transaction
from django.utils import timezone

from portal.jobs.models import Job
from portal.jobs.querysets import LEASE
from portal.jobs.registry import kind_of

log = logging.getLogger(__name__)
UNFORESEEN = "Có lỗi khi thực hiện. Hãy bấm «Thử lại»; nếu vẫn không được, báo quản trị hệ thống."
MAX_ATTEMPTS = 5


class LeaseLost(Exception):
    """Another worker has taken the job over: stop at once, the chunk in hand is rolled back."""


class Work:
    """A job in the hands of one worker. Call `checkpoint` inside the transaction of each chunk."""

    def __init__(self, job: Job):
        self.job, self.claim, self.args = job, job.claim, job.args

    def checkpoint(self, *, done: int | None = None, total: int | None = None) -> None:
        """Renew the lease and record progress; LeaseLost when the claim is no longer ours."""
        progress = {name: value for name, value in (("done", done), ("total", total)) if value is not None}
        if not self._held().update(lease_until=timezone.now() + LEASE, **progress):
            raise LeaseLost(self.job.pk)
        for name, value in progress.items():
            setattr(self.job, name, value)

    def finish(self) -> bool:
        return self._leave(Job.State.DONE)

    def fail(self, reason: str) -> bool:
        return self._leave(Job.State.FAILED, error=reason or UNFORESEEN)

    def _held(self):
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, claim=self.claim)

    def _leave(self, state, **values) -> bool:
        free = {"claim": None, "lease_until": None, "finished_at": timezone.now()}
        return bool(self._held().update(state=state, **free, **values))


def claim(pk: int) -> Work | None:
    """Take a queued job, or None: it is gone, over, or another worker has it (a second delivery)."""
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=Job.State.QUEUED).first()
        if job is None:
            return None
        job.state, job.claim, job.attempts = Job.State.RUNNING, uuid.uuid4(), job.attempts + 1
        job.lease_until = timezone.now() + LEASE
        job.save(update_fields=["state", "claim", "attempts", "lease_until"])
    return Work(job)


def run(pk: int) -> None:
    """Do job `pk` if it is free. A failure ends in the row, with a reason people can read."""
    work = claim(pk)
    if work is None:
        return
    try:
        kind_of(work.job.kind).run(work)
    except LeaseLost:
        log.warning("job %s: lease lost, another worker goes on", pk)
    except Exception as error:
        log.exception("job %s failed", pk)
        work.fail(getattr(error, "message_vi", UNFORESEEN))
    else:
        work.finish()
