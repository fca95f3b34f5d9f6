"""What the scheduler asks for, once a day."""

from celery import shared_task

from programs.attachments import sweeping


@shared_task(name="attachments.sweep_files")
def sweep_files() -> None:
    sweeping.sweep()
