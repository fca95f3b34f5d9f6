"""What the schedule does for drafts."""

from celery import shared_task

from programs.drafts import actions


@shared_task(name="drafts.purge")
def purge() -> None:
    actions.purge()
