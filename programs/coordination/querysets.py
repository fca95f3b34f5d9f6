"""Which programme an activity belongs to, and which programmes are read together."""

from datetime import date

from django.db import connection, models
from django.db.models import Case, Q, Value, When

from portal.access.scoping import scope_of
from portal.units.models import AdminUnit
from portal.units.text import fold
from programs.coordination.numbers import code_parts

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


def within_reach(user, permission, path: str = "unit") -> Q | None:
    """What binds a person: rows of the own units, of the province and (old) district above, of the nation.

    None where the person does not hold the permission at all. Another commune's row stays unseen.
    """
    scope = scope_of(user, permission)
    if not scope:
        return None
    if scope.everything:
        return Q()
    above = AdminUnit.objects.filter(pk__in=scope.units()).order_by().values("today_province")
    over = AdminUnit.objects.exclude(level="commune").filter(today_province__in=above).order_by().values("pk")
    return Q(**{f"{path}__isnull": True}) | scope.as_q(path) | Q(**{f"{path}__in": over})


class CoordinationProgramQuerySet(models.QuerySet):
    def within_reach(self, user, permission):
        """The programmes that bind the person's units, and those of the units below them."""
        reach = within_reach(user, permission)
        return self.none() if reach is None else self.filter(reach)

    def visible_to(self, user, permission):
        """Those of the person's own units, to write."""
        scope = scope_of(user, permission)
        return self.filter(scope.as_q("unit")) if scope else self.none()

    def with_names(self):
        return self.select_related("unit", "parent", "successor").prefetch_related("unit__names")

    def search(self, text: str):
        """By number, however it is written, or by words of the title."""
        for_number = Q()
        for part in code_parts(text):
            for_number &= Q(number_key__contains=part)
        for_title = Q()
        for word in fold(text).split():
            for_title &= Q(search_key__contains=word)
        return self.filter(for_number | for_title) if fold(text) else self

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
