"""The end: a province's report that its sides have confirmed, and the communes' reports in it."""

from django.utils import timezone

from reports.actions.common import move, note_event
from reports.models import Report, ReportEvent, State


def freeze_province(held: Report, by) -> None:
    """Freeze the locked province's report, then those that it includes."""
    now = timezone.now()
    move(held, State.FROZEN, frozen_at=now)
    note_event(held, ReportEvent.Verb.FROZEN, by)
    included = held.inclusions.filter(commune_report__state=State.ACCEPTED).values("commune_report")
    accepted = Report.objects.filter(pk__in=included).select_for_update().order_by("pk")
    frozen = list(accepted.values_list("pk", flat=True))
    Report.objects.filter(pk__in=frozen).update(state=State.FROZEN, frozen_at=now)
    ReportEvent.objects.bulk_create(
        ReportEvent(report_id=pk, verb=ReportEvent.Verb.FROZEN, by=by, detail="Cùng báo cáo của tỉnh")
        for pk in frozen
    )
