"""Activities and reports for tests: a month of Thành Sen and whatever state a report must be in."""

from datetime import date

from programs.awareness.models import AwarenessSession
from programs.coordination.models import CoordinationProgram
from programs.grassroots.models import Mediation
from reports import actions, calendar
from reports.models import Report, ReportingObligation
from tests.factories.user import PASSWORD, commune, province

NOVEMBER = calendar.month(11, 2026)
OCTOBER = calendar.month(10, 2026)


def programme_07():
    return CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")


def obligation(slug="commune-month", programme=None):
    """The obligation of a report type under programme 07."""
    rows = ReportingObligation.objects.select_related("report_type", "programme")
    return rows.get(report_type__slug=slug, programme=programme or programme_07())


def hold_session(by, day=date(2026, 10, 20), *, unit=None, attendances=80, tips=None, **fields):
    """Log one awareness session."""
    return AwarenessSession.objects.create(
        **{"form": "gathering", "topics": ["drugs"], "title": "Tuyên truyền phòng, chống ma túy"} | fields,
        unit=unit or commune(),
        side="police",
        logged_by=by,
        held_on=day,
        attendances=attendances,
        valuable_tips=tips,
    )


def mediate(by, received=date(2026, 10, 20), concluded=None, outcome="pending", *, unit=None, **fields):
    """Log one mediation."""
    return Mediation.objects.create(
        **{"dispute_kind": "land", "team": ["police", "front"], "title": "Tranh chấp ranh giới đất"} | fields,
        unit=unit or commune(),
        side="police",
        logged_by=by,
        received_on=received,
        concluded_on=concluded,
        outcome=outcome,
    )


def draft(unit=None, period=NOVEMBER, slug="commune-month"):
    """A report built as the job builds it."""
    from reports.building import build_missing

    unit = unit or commune()
    owed = obligation(slug)
    build_missing(owed, period, [unit.pk], lambda done: None)
    return Report.objects.owed(owed, period).get(unit=unit)


def fresh(report):
    """The report as the database has it now."""
    return Report.objects.with_names().get(pk=report.pk)


def confirm(report, cast, *sides):
    """Confirm by the commune's or the province's leaders; both sides unless named."""
    leaders = {"police": cast.leader, "front": cast.front_leader}
    if report.is_province:
        leaders = {"police": cast.province_leader, "front": cast.province_front_leader}
    for side in sides or ("police", "front"):
        actions.confirm(report=fresh(report), side=side, password=PASSWORD, by=leaders[side])
    return fresh(report)


def sent(cast, **fields):
    report = confirm(draft(**fields), cast)
    actions.send(report=report, by=cast.officer)
    return fresh(report)


def accepted(cast, **fields):
    report = sent(cast, **fields)
    actions.accept(report=report, by=cast.province)
    return fresh(report)


def compiled(cast, period=NOVEMBER):
    """The draft of the province's monthly report."""
    report = actions.compile_province(
        obligation=obligation(), period=period, province=province(), by=cast.province
    )
    return fresh(report)
