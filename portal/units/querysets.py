"""Questions about units and areas, by name."""

from datetime import date

from django.db import models

from portal.units.search import search
from portal.units.validity import in_validity


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

    def search(self, text: str, limit: int = 20) -> list:
        """The units of this queryset that `text` may mean, best first, by their old names too.

        A list: every unit has `match_rank` and `found_as` ("trước 1/7/2025: Phường Quang Phong, …" or "").
        """
        return search(self, text, limit)

    def with_parents(self):
        """Ready for labels: no further query for the parent and grandparent."""
        return self.select_related("parent__parent")


class ResidentialAreaQuerySet(models.QuerySet):
    def on(self, day: date):
        """Areas that existed on a day."""
        return self.filter(in_validity(day))

    def today(self):
        return self.filter(valid_to__isnull=True)
