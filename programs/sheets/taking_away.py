"""A long log as a workbook: a worker makes it, a page shows how far it is, the file waits a day."""

from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from portal.access.permissions import Permission
from portal.jobs import actions as jobs
from programs.activities.filters import LogFilterForm
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind as kind_named
from programs.sheets.models import EXPORT, KEPT_FOR, LogExport

# More rows take longer than a person should wait without being told how far it is.
AT_ONCE = 5000
SAME_WITHIN = timedelta(minutes=1)


@transaction.atomic
def ask_for(*, query: str, activity_kind: str, row_count: int, by) -> LogExport:
    """Have the workbook made; the same asked again within a minute is the same."""
    asked = {"query": query, "activity_kind": activity_kind, "created_by": by, "dropped_at": None}
    recent = LogExport.objects.filter(**asked, created_at__gte=timezone.now() - SAME_WITHIN).first()
    if recent:
        return recent
    made = LogExport.objects.create(**asked, row_count=row_count)
    jobs.start(kind=EXPORT, key=f"{EXPORT}:{made.pk}", args={"export": made.pk}, total=row_count, by=by)
    return made


def filtered(query: QueryDict, user, chosen=None):
    """(entries, kind or None): the log as its list shows it to `user` under these filters."""
    filters = LogFilterForm(query, user=user, kind=chosen)
    visible = ActivityEntry.objects.visible_to(user, Permission.LOG_VIEW)
    entries = filters.apply(visible.live().latest_first())
    if chosen is None and filters.cleaned_data.get("kind"):
        chosen = kind_named(filters.cleaned_data["kind"])
    return (entries.of_kind(chosen.slug) if chosen else entries), chosen


def drop(exports) -> int:
    """Throw files, and what was asked for, away; how many."""
    return exports.filter(dropped_at=None).update(content=None, query="", dropped_at=timezone.now())


def drop_outdated() -> int:
    """Throw away what is older than a day; how many."""
    return drop(LogExport.objects.filter(created_at__lt=timezone.now() - KEPT_FOR))
