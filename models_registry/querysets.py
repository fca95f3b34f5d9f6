"""Questions to the registry, by name. `day` is a date; a status holds from its day on."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from portal.access.scoping import ScopedQuerySet, scope_of
from portal.units.text import fold
from portal.units.validity import in_validity


class UnitQuerySet(ScopedQuerySet):
    """Rows of a unit."""

    def of(self, unit):
        """Of a commune and what became it, of a province and all in it; of everywhere for None."""
        if unit is None:
            return self
        path = "unit__today_province" if unit.level == "province" else "unit__today_unit"
        return self.filter(**{path: unit.today_unit_id or unit.pk})


class ModelTypeQuerySet(models.QuerySet):
    def standing(self):
        """Not merged into another."""
        return self.filter(merged_into=None)

    def for_province(self, province_id):
        """What a province may choose from: the nation's and its own."""
        return self.filter(Q(province=None) | Q(province=province_id))

    def visible_to(self, user, permission):
        """The nation's types and those of the provinces in which the user holds the permission anywhere."""
        from portal.units.models import AdminUnit

        scope = scope_of(user, permission)
        if not scope:
            return self.none()
        reach = AdminUnit.objects.filter(pk__in=scope.units()).values("today_province")
        return self.filter(Q(province=None) | Q(province__in=reach))

    def kept_by(self, user, permission):
        """The types that the user may change: those of the own province."""
        scope = scope_of(user, permission)
        return self.filter(province__in=scope.provinces | scope.own_provinces)

    def search(self, text: str):
        return self.filter(search_key__contains=fold(text)) if fold(text) else self


class SelfManagedModelQuerySet(UnitQuerySet):
    def standing(self):
        """Without those entered by mistake."""
        return self.filter(removed_at=None)

    def with_names(self):
        return self.select_related("type__merged_into", "unit__today_unit", "copied_from")

    def with_status(self, day: date):
        """Each with `status_then` and `since` (the first day of its life)."""
        from models_registry.models.life import StatusStep

        steps = StatusStep.objects.filter(model=OuterRef("pk"))
        return self.annotate(
            status_then=Subquery(steps.filter(on__lte=day).order_by("-on").values("status")[:1]),
            since=Subquery(steps.order_by("on").values("on")[:1]),
            counted_type=Coalesce("type__merged_into", "type"),
        )

    def alive(self, day: date):
        """Those that have begun and not ended at the end of the day."""
        return self.standing().with_status(day).exclude(status_then=None).exclude(status_then="ended")

    def active(self, day: date):
        """Those of them that work: hoạt động or nhân rộng."""
        from models_registry.models.life import ACTIVE

        return self.standing().with_status(day).filter(status_then__in=ACTIVE)

    def search(self, text: str):
        return self.filter(search_key__contains=fold(text)) if fold(text) else self

    def working_in(self, unit):
        """Also those in which the commune only joins."""
        from models_registry.models.selfmanaged import ModelOwner

        joined = ModelOwner.objects.filter(
            model=OuterRef("pk"), unit__today_unit=unit.today_unit_id or unit.pk
        )
        return self.filter(Q(unit__today_unit=unit.today_unit_id or unit.pk) | Exists(joined))


class AsOfQuerySet(UnitQuerySet):
    def latest_on(self, day: date, *same: str):
        """The latest reading as of the day for each unit and each value of `same`."""
        return self.filter(as_of__lte=day).order_by("unit_id", *same, "-as_of").distinct("unit_id", *same)

    def counted_on(self, day: date, same: str):
        """The readings that make up a total as of the day: the latest of each unit and each value of `same`.

        What was read of a unit before it became another counts until that one is read itself. A parent's
        total and its children's are never added: a district's reading stands for its communes of that time,
        until one of those that came after them is read.
        """
        peers = self.model.objects.filter(as_of__lte=day, **{same: OuterRef(same)})
        heir = peers.filter(unit=OuterRef("unit__today_unit"), as_of__gt=OuterRef("unit__valid_to"))
        above = peers.filter(unit=OuterRef("unit__parent"), unit__level="district")
        below = self.model._meta.get_field("unit").related_model.objects.filter(
            parent=OuterRef(OuterRef("unit")), level="commune"
        )
        heirs = peers.filter(as_of__gt=OuterRef("unit__valid_to"), unit__in=below.values("today_unit"))
        rows = self.model.objects.filter(pk__in=self.latest_on(day, same).values("pk"))
        superseded = Exists(heir) | Exists(above) | (Q(unit__level="district") & Exists(heirs))
        return rows.exclude(superseded)


class HistoricalFigureQuerySet(UnitQuerySet):
    def used_first(self):
        return self.select_related("unit", "type").order_by(
            "unit", "subject", "name", "-is_used", "-as_of", "pk"
        )


class RuleQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(in_validity(day))

    def for_year(self, year: int):
        """The rules of a certification year: those in force on its first of January."""
        return self.on(date(year, 1, 1))


class CertificationQuerySet(UnitQuerySet):
    def with_names(self):
        return self.select_related("area", "unit", "grade")

    def awaiting(self):
        """Assessed by themselves, without a result."""
        return self.filter(result="pending", assessed_on__isnull=False)

    def in_order(self):
        return self.order_by("kind", F("area__sort_key").asc(nulls_last=True), "subject_key", "pk")

    def search(self, text: str):
        """By the name that was typed, or that of the area, with or without marks."""
        key = fold(text)
        return self.filter(Q(subject_key__contains=key) | Q(area__search_key__contains=key)) if key else self
