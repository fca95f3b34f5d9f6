"""What the worker does about accounts."""

from celery import shared_task

from portal.accounts import bulk


@shared_task(name="accounts.drop_outdated")
def drop_outdated():
    """Forget the names in files that nobody has made accounts of within a day."""
    bulk.drop_outdated()
