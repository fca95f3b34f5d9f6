"""Questions about the catalogues, by name."""

from django.db import models
from django.db.models import Q


class CatalogueQuerySet(models.QuerySet):
    """Partners or movements."""

    def in_order(self):
        return self.order_by("sort_key", "pk")

    def offered(self, *, kept=()):
        """Those in use, and those that a record already names."""
        return self.filter(Q(is_active=True) | Q(pk__in=kept)).in_order()

    def offered_at(self, unit, *, kept=()):
        """The partners in use at a unit: those of everywhere, of its province, of its own."""
        here = [pk for pk in (unit.pk, unit.today_unit_id, unit.today_province_id) if pk] if unit else []
        places = Q(unit__isnull=True) | Q(unit__in=here)
        return self.filter((Q(is_active=True) & places) | Q(pk__in=kept)).in_order()
