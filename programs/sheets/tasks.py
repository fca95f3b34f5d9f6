"""What the schedule does for tables."""

from celery import shared_task

from programs.sheets import actions, taking_away


@shared_task(name="sheets.drop_outdated")
def drop_outdated() -> None:
    actions.drop_outdated()
    taking_away.drop_outdated()
