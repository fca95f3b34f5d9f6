"""Named questions about obligations and reports."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from portal.access.scoping import ScopedQuerySet, scope_of


class ObligationQuerySet(models.QuerySet):
    def in_force(self, day: date):
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def of_communes(self):
        return self.filter(report_type__level="commune")

    def of_provinces(self):
        return self.filter(report_type__level="province")


class ReportQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission):
        """Rows in the user's scope; a national reader sees the provinces' frozen totals alone."""
        scope = scope_of(user, permission)
        if not scope:
            return self.none()
        within = scope.as_q(self.unit_path)
        if scope.nation:
            local = scope.communes | scope.provinces | scope.own_provinces
            within &= Q(report_type__level="province", state="frozen") | Q(unit__today_unit__in=local)
            within |= Q(unit__today_province__in=scope.provinces)
        return self.filter(within)

    def of_period(self, period):
        return self.filter(
            period_kind=period.kind,
            calendar=period.calendar,
            period_start=period.start,
            period_end=period.end,
        )

    def owed(self, obligation, period):
        """Reports of an obligation for a period, all versions."""
        return self.of_period(period).filter(
            programme=obligation.programme_id, report_type=obligation.report_type_id
        )

    def in_province(self, province):
        """The reports of the communes that lie in the province today."""
        return self.filter(unit__today_province=province, report_type__level="commune")

    def latest(self):
        """Of each report its last version."""
        return self.filter(successor__isnull=True)

    def that_count(self):
        """Of each unit and period the last version that has left the unit, else the draft.

        For reports of one type and programme. Ends the order: nothing may be ordered after it.
        """
        gone_out = Case(When(sent_at__isnull=False, then=1), default=0)
        ordered = self.order_by("unit_id", "period_start", "period_end", gone_out.desc(), "-version")
        return ordered.distinct("unit_id", "period_start", "period_end")

    def received(self):
        """Accepted by the province: the figures stand."""
        return self.filter(state__in=["accepted", "frozen"])

    def latest_received(self):
        """Of each report the last version that was accepted (a newer one may still be under way)."""
        newer = (
            self.model.objects.received()
            .filter(
                version__gt=OuterRef("version"),
                report_type=OuterRef("report_type"),
                unit=OuterRef("unit"),
                programme=OuterRef("programme"),
                calendar=OuterRef("calendar"),
                period_kind=OuterRef("period_kind"),
                period_start=OuterRef("period_start"),
                period_end=OuterRef("period_end"),
            )
            .values("pk")
        )
        return self.received().filter(~Exists(newer))

    def to_review(self):
        return self.filter(state="sent")

    def overdue(self, today: date):
        """Due before today and never sent."""
        return self.filter(
            due_on__lt=today, first_sent_at__isnull=True, report_type__level="commune"
        ).exclude(state__in=["sent", "accepted", "frozen"])

    def with_names(self):
        return self.select_related(
            "unit__parent", "unit__today_province", "programme", "report_type", "snapshot"
        )

    def in_unit_order(self):
        return self.order_by("unit__sort_key", "unit__code", F("version").desc())
