"""What the worker and the schedule do for reports."""

from datetime import date

from celery import shared_task
from django.urls import NoReverseMatch, reverse

from portal.jobs.models import Job
from portal.jobs.registry import job
from reports import actions, building
from reports.actions.opening import KIND
from reports.calendar import Period
from reports.models import ReportingObligation


def period_of(args: list[str]) -> Period:
    """The period that a job's row holds as [kind, calendar, first day, last day]."""
    kind, calendar, start, end = args
    return Period(kind, calendar, date.fromisoformat(start), date.fromisoformat(end))


def overview_of(done: Job) -> str:
    """The page where the opened reports are listed."""
    period = period_of(done.args["period"])
    query = f"?ky={done.args['obligation']}@{period.key}"
    try:
        return reverse("reports:overview") + query
    except NoReverseMatch:
        return ""


@job(KIND, title="Mở kỳ báo cáo, lập dự thảo cho các xã, phường, đặc khu", result=overview_of)
def open_period(work) -> None:
    """Draft the reports that are still missing, chunk by chunk."""
    obligations = ReportingObligation.objects.select_related("report_type", "programme")
    building.build_missing(
        obligations.get(pk=work.args["obligation"]),
        period_of(work.args["period"]),
        work.args["units"],
        work.checkpoint,
    )


@shared_task(name="reports.open_due_periods")
def open_due_periods() -> None:
    actions.open_due_periods()
