"""What the scheduler asks for, once a day."""

from celery import shared_task
from django.utils import timezone

from programs.tips import keeping, publishing, sending


@shared_task(name="tips.purge")
def purge() -> None:
    sending.sweep_staged()
    keeping.purge()


@shared_task(name="tips.publish_counts")
def publish_counts() -> None:
    publishing.publish_closed(timezone.localdate())
