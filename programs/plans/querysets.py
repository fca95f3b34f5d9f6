"""Questions about what is done about programmes, by name."""

from django.db import models
from django.db.models import Q

from portal.access.scoping import ScopedQuerySet
from portal.units.text import fold
from programs.coordination.numbers import code_parts
from programs.coordination.querysets import within_reach


class OwnedQuerySet(ScopedQuerySet):
    """Rows whose unit `unit_path` leads to. `visible_to` are those of the own units, to write."""

    def within_reach(self, user, permission):
        """Also those of the units above and of the nation, which bind the person: to read."""
        reach = within_reach(user, permission, self.unit_path)
        return self.none() if reach is None else self.filter(reach)


class KeptQuerySet(OwnedQuerySet):
    def standing(self):
        """Without those entered by mistake."""
        return self.filter(removed_at=None)

    def of_programme(self, programme):
        return self.filter(programme=programme)

    def with_names(self):
        return self.select_related("unit", "programme").prefetch_related("unit__names")


class DocumentQuerySet(KeptQuerySet):
    def search(self, text: str):
        """By number, however it is written, or by words of the abstract and the issuer."""
        by_number, by_words = Q(), Q()
        for part in code_parts(text):
            by_number &= Q(number_key__contains=part)
        for word in fold(text).split():
            by_words &= Q(search_key__contains=word)
        return self.filter(by_number | by_words) if fold(text) else self


class MeetingQuerySet(KeptQuerySet):
    def of_programme(self, programme):
        """One meeting may review several programmes: it stands on the page of each."""
        return self.filter(programmes=programme)

    def with_names(self):
        return self.select_related("unit").prefetch_related("programmes", "unit__names")


class CeremonyQuerySet(KeptQuerySet):
    def of_programme(self, programme):
        """Also where only one of the agreements that were signed belongs to the programme."""
        agreed = models.Exists(self._agreements().filter(programme=programme))
        return self.filter(Q(programme=programme) | agreed)

    def _agreements(self):
        related = self.model._meta.get_field("agreements").related_model
        return related.objects.filter(ceremony=models.OuterRef("pk"))


class PlanQuerySet(KeptQuerySet):
    def of_programme(self, programme):
        """Also the plans of others that an agreement of the programme carries out."""
        related = self.model._meta.get_field("agreements").related_model
        signed = related.objects.filter(
            plan=models.OuterRef("pk"), ceremony__programme=programme, ceremony__removed_at=None
        )
        return self.filter(Q(programme=programme) | models.Exists(signed))


class PlanPartQuerySet(OwnedQuerySet):
    """Tasks and targets of plans."""

    unit_path = "plan__unit"

    def with_names(self):
        return self.select_related("plan__unit", "plan__programme")


class AgreementQuerySet(OwnedQuerySet):
    unit_path = "ceremony__unit"

    def with_names(self):
        return self.select_related("ceremony__unit", "ceremony__programme")


class StageQuerySet(OwnedQuerySet):
    unit_path = "programme__unit"

    def with_names(self):
        return self.select_related("programme__unit")
