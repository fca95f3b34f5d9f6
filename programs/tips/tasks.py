"""What the scheduler asks for, once a day."""

from celery import shared_task

from programs.tips import keeping, sending


@shared_task(name="tips.purge")
def purge() -> None:
    sending.sweep_staged()
    keeping.purge()
