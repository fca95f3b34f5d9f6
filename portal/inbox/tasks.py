"""What the schedule does about reminders."""

from celery import shared_task

from portal.inbox import actions


@shared_task(name="inbox.remind")
def remind() -> None:
    actions.run()
