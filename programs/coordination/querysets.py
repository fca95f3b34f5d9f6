"""Which programme an activity belongs to, and which programmes are read together."""

from datetime import date

from django.db import connection, models
from django.db.models import Case, Q, Value, When

LINEAGE = """
    WITH RECURSIVE forebears AS (
        SELECT id FROM coordination_coordinationprogram WHERE id = %s
        UNION
        SELECT older.id FROM coordination_coordinationprogram older
        JOIN forebears ON older.successor_id = forebears.id
    ), lineage AS (
        SELECT id FROM forebears
        UNION
        SELECT below.id FROM coordination_coordinationprogram below
        JOIN lineage ON below.parent_id = lineage.id
    )
    SELECT id FROM lineage
"""


class CoordinationProgramQuerySet(models.QuerySet):
    def in_force(self, unit, day: date):
        """The programmes that bind a unit on a day: its own, those above it, the nation's; most local first.

        Of two on one level the later one comes first. `unit` may be None: the nation.
        """
        above = [unit.pk, *(parent.pk for parent in unit.ancestors())] if unit else []
        ranks = [When(unit=pk, then=Value(place)) for place, pk in enumerate(above)]
        most_local = [Case(*ranks, default=Value(len(above)))] if ranks else []
        return (
            self.filter(Q(unit__isnull=True) | Q(unit__in=above), starts_on__lte=day)
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
            .order_by(*most_local, "-starts_on", "-pk")
        )

    def local_to(self, unit, day: date):
        """The most local programme in force, or None; the SQL function `local_programme` answers the same."""
        return self.in_force(unit, day).first()


def lineage_ids(programme) -> frozenset[int]:
    """A programme, those it succeeded, and all issued below any of them: what one report adds up."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [programme.pk])
        return frozenset(pk for (pk,) in cursor.fetchall())
