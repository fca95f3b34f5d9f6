"""Questions about custom indicators and readings, by name."""

import re

from django.db import models
from django.db.models import Q

from portal.access.scoping import ScopedQuerySet

SLUG = re.compile(r"x([1-9][0-9]{0,17})", re.ASCII)


def is_custom(slug: str) -> bool:
    """Whether a slug is that of a custom indicator: "x12"."""
    return bool(SLUG.fullmatch(slug))


class CustomIndicatorQuerySet(models.QuerySet):
    """The catalogue, in the order of reports."""

    def flows(self):
        return self.filter(nature="flow")

    def stocks(self):
        return self.filter(nature="stock")

    def of_unit(self, unit):
        """Nationwide ones and those of the unit's province of today."""
        return self.filter(Q(province=None) | Q(province=unit.today_province_id or unit.pk))

    def active_between(self, start, end):
        """In use on at least one day of start..end, both inclusive."""
        return self.filter(Q(active_to=None) | Q(active_to__gte=start), active_from__lte=end)

    def active_on(self, day):
        return self.active_between(day, day)

    def in_order(self):
        return self.order_by("group", "place", "name", "pk")

    def of_slugs(self, slugs):
        """Those that are named in slugs, which may be of built-in indicators too; no query where none is."""
        ids = [int(slug[1:]) for slug in slugs if is_custom(slug)]
        return self.filter(pk__in=ids) if ids else self.none()

    def named(self, slug: str):
        """The indicator of a slug such as "x12"; DoesNotExist if there is none."""
        found = SLUG.fullmatch(slug)
        return self.get(pk=int(found[1]) if found else None)


class ReadingQuerySet(ScopedQuerySet):
    """Readings of stocks. `visible_to(user, permission)` scopes by the unit."""

    def with_names(self):
        return self.select_related("unit", "indicator", "logged_by")

    def latest_first(self):
        return self.order_by("-as_of", "indicator__group", "indicator__place", "indicator__name", "-pk")
