"""Questions about activities, by name."""

from django.db import models

from portal.access.scoping import ScopedQuerySet, scope_of
from portal.units.text import fold
from programs.activities.extensions import entries_beyond_scope


class ActivityQuerySet(ScopedQuerySet):
    """Of one kind. `visible_to(user, permission)` scopes by the unit."""

    def live(self):
        return self.filter(deleted_at__isnull=True)

    def trash(self):
        return self.filter(deleted_at__isnull=False)

    def with_context(self):
        """Ready for pages: no further query for unit, programme and people."""
        return self.select_related("unit__parent__parent", "programme", "logged_by", "deleted_by")


class EntryQuerySet(ScopedQuerySet):
    """Of all kinds, as the feed and the search read them."""

    def visible_to(self, user, permission):
        """Those of the own units, and those that other slices open: a joint activity led elsewhere.

        Both as plain ids: alternatives over subqueries would keep the indexes out of use, and only of ids
        does PostgreSQL know how small a part of the log they are.
        """
        scope = scope_of(user, permission)
        if not scope or scope.everything:
            return super().visible_to(user, permission)
        own = models.Q(unit__in=list(scope.units().values_list("pk", flat=True)))
        beyond = entries_beyond_scope(user, permission)
        return self.filter(own | models.Q(pk__in=beyond) if beyond else own)

    def live(self):
        return self.filter(live=True)

    def trash(self):
        return self.filter(live=False)

    def of_kind(self, slug: str):
        return self.filter(kind=slug)

    def between(self, start=None, end=None):
        """Days from start to end, both inclusive, either open."""
        bounds = {"day__gte": start, "day__lte": end}
        return self.filter(**{lookup: day for lookup, day in bounds.items() if day})

    def search(self, text: str):
        """Entries whose title holds every word of the text, marks and case aside."""
        found = self
        for word in dict.fromkeys(fold(text).split()):
            found = found.filter(search_key__contains=word)
        return found

    def latest_first(self):
        return self.order_by("-day", "-pk")


class TallyQuerySet(models.QuerySet):
    """Cells of the tally: read only. Triggers write it; see `figures` for sums."""

    def in_slots(self, first: int, last: int):
        return self.filter(slot__gte=first, slot__lte=last)
