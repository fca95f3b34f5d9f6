"""Questions about units and areas, by name."""

from datetime import date

from django.db import models
from django.db.models import Q


def in_validity(day: date, prefix: str = "") -> Q:
    """Rows whose valid_from..valid_to (both inclusive, null = open) holds the day."""
    start = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return start & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))


class AdminUnitQuerySet(models.QuerySet):
    def today(self):
        """Units of the map in force: 34 provinces, 3,321 communes."""
        return self.filter(valid_to__isnull=True)

    def on(self, day: date):
        """Units that existed on a day."""
        return self.filter(in_validity(day))

    def provinces(self):
        return self.filter(level="province")

    def districts(self):
        return self.filter(level="district")

    def communes(self):
        return self.filter(level="commune")

    def under(self, province):
        """Units, of any time and level, whose place belongs to this province of today."""
        return self.filter(today_province=province)

    def with_parents(self):
        """Ready for labels: no further query for the parent and grandparent."""
        return self.select_related("parent__parent")


class ResidentialAreaQuerySet(models.QuerySet):
    def on(self, day: date):
        """Areas that existed on a day."""
        return self.filter(in_validity(day))

    def today(self):
        return self.filter(valid_to__isnull=True)
