"""What the worker is sent: keys, nothing else."""

from celery import shared_task

from portal.jobs import actions, execution

SWEEP_EVERY_S = 5.0


@shared_task(name="portal.jobs.run_job")
def run_job(pk: int) -> None:
    execution.run(pk)


@shared_task(name="portal.jobs.sweep")
def sweep() -> None:
    actions.sweep()
