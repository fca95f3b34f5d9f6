"""What the walk over all addresses (tests/portal/access/test_walk.py) puts into those with arguments.

Every room adds its own lines here; an address with arguments and without a line fails the walk.
"""

from django.utils import timezone

from portal.jobs import registry
from portal.jobs.models import Job


@registry.job("walk", title="Việc thử")
def nothing(work):
    """A kind of job for the sample below; never run."""


def job(unit):
    """A job that the commune's province has started."""
    province = unit.today_province
    job = Job.objects.create(kind="walk", key=f"walk:{unit.pk}", unit=province, queued_at=timezone.now())
    return {"pk": job.pk}, province


# View name -> function of a commune of today: makes a record of that commune (or of its province) and returns
# the address's kwargs and the AdminUnit that the record belongs to.
SAMPLES = {
    "jobs:progress": job,
    "jobs:retry": job,
}

# View name -> kwargs of an address whose arguments name no unit's record (the kind of an activity, a format).
WITHOUT_RECORD = {}
