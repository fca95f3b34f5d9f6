"""Questions about tips. A tip is seen where it is handled, never from the level above."""

from django.db.models import F, Q

from portal.access.scoping import ScopedQuerySet
from programs.tips.states import OPEN, Category


class TipQuerySet(ScopedQuerySet):
    unit_path = "handling_unit"

    def open(self):
        return self.filter(state__in=OPEN)

    def with_locator(self, locator: int):
        return self.filter(locator=locator)

    def due_for_purge(self, today):
        """Closed long enough ago, not held; a crime report only when its hand-over is recorded."""
        return self.filter(purge_after__lt=today, held=False).exclude(
            Q(category=Category.CRIME, handed_over_on__isnull=True)
            & Q(merged_into__handed_over_on__isnull=True)  # also where it was merged into none
        )

    def for_queue(self):
        return self.select_related("unit", "handling_unit", "handled_by").order_by(
            F("answer_by").asc(nulls_last=True), "pk"
        )
