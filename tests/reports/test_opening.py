"""Opening a period: by the schedule or by hand, one job, one report a commune, whoever asks and how often."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from portal.jobs import execution
from portal.jobs.models import Job
from portal.units.models import AdminUnit
from reports import actions, calendar, obligations
from reports.errors import ReportError
from reports.models import Report, ReportingObligation
from tests.factories.reports import NOVEMBER, draft, obligation, sent
from tests.factories.user import province

TODAY = date(2026, 11, 24)


def open_november(by, **fields):
    return actions.open_period(
        **{"obligation": obligation(), "period": NOVEMBER, "province": province()} | fields, by=by
    )


def test_every_commune_of_the_province_gets_its_draft(cast):
    job = open_november(cast.province)
    assert (job.state, job.total, job.unit) == ("queued", 69, province())
    execution.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.error) == ("done", 69, "")
    reports = Report.objects.filter(unit__today_province=province())
    assert reports.count() == reports.values("unit").distinct().count() == 69
    assert set(reports.values_list("state", "due_on")) == {("draft", date(2026, 11, 17))}
    assert all(report.sections.count() == 6 for report in reports)


def test_twice_is_once(cast):
    job = open_november(cast.province)
    execution.run(job.pk)
    assert open_november(cast.province_front) == job
    execution.run(job.pk)  # a second delivery
    assert Job.objects.count() == 1
    assert Report.objects.count() == 69


def test_reports_that_exist_already_are_left_alone(cast):
    report = sent(cast)
    execution.run(open_november(cast.province).pk)
    report.refresh_from_db()
    assert report.state == "sent"
    assert Report.objects.count() == 69


@pytest.mark.parametrize(
    "who", ["officer", "leader", "other_province", "province_admin", "national", "admin"]
)
def test_only_the_province_s_staff_open_it(cast, who):
    with pytest.raises(PermissionDenied):
        open_november(getattr(cast, who))


def test_a_period_that_is_not_over_is_not_opened(cast):
    running = calendar.containing(TODAY, "quarter")
    with pytest.raises(
        ReportError, match=r"quý IV/2026 chưa kết thúc \(số liệu từ 15/09/2026 đến 14/12/2026\)"
    ):
        open_november(cast.province, obligation=obligation("commune-quarter"), period=running)


def test_a_period_of_another_kind_or_calendar_is_refused(cast):
    for period in (calendar.quarter(3, 2026), calendar.month(10, 2026, "plain")):
        with pytest.raises(ReportError, match="không đúng loại kỳ"):
            open_november(cast.province, period=period)


def test_some_old_communes_alone_may_be_asked(cast):
    """The four wards of thị xã Thái Hòa in 2020, at today's Nghệ An."""
    period = calendar.custom(date(2020, 1, 1), date(2020, 4, 30))
    town = (
        AdminUnit.objects.communes()
        .on(period.end)
        .filter(kind="Phường", parent__name="Thái Hòa", today_province__code="40")
    )
    assert town.count() == 4
    from programs.coordination.models import CoordinationProgram

    owed = obligation("commune-custom", CoordinationProgram.objects.get(number="09/CTr-BCA-MTTW"))
    asked = {"obligation": owed, "period": period, "province": province("40")}
    execution.run(open_november(cast.other_province, **asked, communes=list(town)).pk)
    assert {report.unit for report in Report.objects.select_related("unit")} == set(town)
    assert set(obligations.owing_communes(owed, period, province("40"))) == set(town)
    with pytest.raises(ReportError, match="không thuộc tỉnh này"):
        open_november(cast.province, obligation=owed, period=period, communes=list(town))


def test_the_schedule_opens_what_has_closed_where_someone_reviews(cast):
    jobs = actions.open_due_periods(TODAY)
    assert {(job.unit.code, job.args["period"][2]) for job in jobs} == {
        ("42", "2026-10-15"),
        ("40", "2026-10-15"),
    }
    assert {ReportingObligation.objects.get(pk=job.args["obligation"]).report_type.slug for job in jobs} == {
        "commune-month"
    }
    assert actions.open_due_periods(TODAY) == []
    assert Job.objects.count() == 2


def test_the_schedule_catches_up_on_what_it_missed(cast):
    monthly = obligation()
    closed = [p.label for p in obligations.closed_periods(monthly, date(2027, 1, 20))]
    assert closed == ["tháng 1/2027", "tháng 12/2026", "tháng 11/2026"]
    quarterly = obligations.closed_periods(obligation("commune-quarter"), date(2027, 1, 20))
    assert [p.label for p in quarterly] == ["quý IV/2026"]


def test_a_report_that_is_asked_for_later_is_due_later(cast):
    draft()
    owed = obligation("commune-custom")
    period = calendar.custom(date(2020, 1, 1), date(2020, 4, 30))
    assert obligations.deadline(owed, period) > TODAY
