"""Named questions about jobs."""

from datetime import timedelta

from django.utils import timezone

from portal.access.scoping import ScopedQuerySet

# A worker that is killed is noticed once its lease has run out and the sweeper has come by: 10 + 5 seconds.
LEASE = timedelta(seconds=10)
# A message that nobody has taken for so long is sent again; the second delivery does nothing.
REDELIVER_AFTER = timedelta(seconds=10)


class JobQuerySet(ScopedQuerySet):
    def lapsed(self):
        """Running, but whoever held it has stopped renewing."""
        return self.filter(state="running", lease_until__lt=timezone.now())

    def forgotten(self):
        """Queued, but no worker has come for it."""
        return self.filter(state="queued", queued_at__lt=timezone.now() - REDELIVER_AFTER)
