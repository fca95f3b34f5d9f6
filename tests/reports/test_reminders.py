"""What reports remind of: each stage once, one rank further up each time."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import Delegation
from portal.inbox import actions as inbox
from portal.inbox.models import Reminder
from portal.units.models import AdminUnit
from reports import actions
from reports.models import PublicHoliday
from tests.factories import reports as make
from tests.factories.user import commune, make_officer, province
from tests.reports.browsing import signed_in

# Month 11/2026 ends on Saturday 14/11; its deadline is two working days later.
EARLY, FIRST, LAST, DUE, LATE = (date(2026, 11, day) for day in (9, 10, 16, 17, 18))
MONTH = "month:decree:2026-10-15:2026-11-14"
OFFICERS = {"officer", "colleague"}
LEADERS = {"leader", "front_leader"}
PROVINCE = {"province", "province_front"}


def told(cast, *, stage=None, **lookup) -> set[str]:
    """Which of the cast have a reminder of this stage."""
    found = Reminder.objects.filter(**lookup, **({"stage": stage} if stage else {}))
    names = {user.pk: name for name, user in cast.everyone()}
    return {names.get(pk, "other") for pk in found.values_list("user", flat=True)}


def own(cast, stage):
    """Of the month's report of Thành Sen."""
    return told(cast, stage=stage, subject__startswith="owed:", subject__endswith=f"{MONTH}:{commune().pk}")


def behind(cast):
    """Of the communes of Hà Tĩnh that have not sent their month's report."""
    return told(cast, subject__startswith="behind:", subject__endswith=f"{MONTH}:{province().pk}")


def test_five_working_days_before_those_who_work_on_it(cast):
    inbox.run(EARLY)
    assert not own(cast, "before")
    inbox.run(FIRST)
    assert own(cast, "before") == OFFICERS


def test_a_public_holiday_moves_the_first_day(cast):
    PublicHoliday.objects.create(day=date(2026, 11, 12), name="Nghỉ hoán đổi", source="Thử")
    inbox.run(EARLY)
    assert own(cast, "before") == OFFICERS


def test_each_stage_reaches_one_rank_further(cast):
    make.draft()
    inbox.run(LAST)
    assert own(cast, "before") == OFFICERS and not behind(cast)
    inbox.run(DUE)
    assert own(cast, "day") == OFFICERS | LEADERS and not behind(cast)
    inbox.run(LATE)
    assert own(cast, "after") == OFFICERS | LEADERS and behind(cast) == PROVINCE


def test_each_stage_is_said_once_however_often_it_is_asked(cast):
    make.draft()
    days = [FIRST + timedelta(days=n) for n in range(12)]
    for day in days:
        inbox.run(day)
    once = Reminder.objects.count()
    assert Reminder.objects.filter(user=cast.officer, subject__contains=MONTH).count() == 3
    for day in days:
        assert inbox.run(day) == 0
    assert Reminder.objects.count() == once


def test_a_draft_made_meanwhile_is_the_same_thing(cast):
    inbox.run(FIRST)
    report = make.draft()
    inbox.run(LAST)
    assert Reminder.objects.get(user=cast.officer, subject__contains=MONTH).url == "/bao-cao/"
    inbox.run(DUE)
    assert Reminder.objects.get(user=cast.officer, stage="day").url == f"/bao-cao/{report.pk}/"


def test_who_has_sent_is_left_alone(cast):
    make.sent(cast)
    inbox.run(DUE)
    inbox.run(LATE)
    assert not own(cast, "day") and not own(cast, "after")
    assert behind(cast) == PROVINCE, "the neighbour has not"


def test_old_debts_are_not_dug_up(cast):
    inbox.run(DUE + timedelta(days=32))
    assert not own(cast, "after")


def test_the_page_of_a_reminder_opens_for_whom_it_reminds(cast):
    make.draft()
    inbox.run(LATE)
    for user in (cast.officer, cast.front_leader, cast.province):
        client = signed_in(user)
        urls = set(Reminder.objects.of(user).values_list("url", flat=True))
        assert urls and {client.get(url).status_code for url in urls} == {200}


def test_members_and_those_whose_posting_is_over_hear_nothing(cast):
    member = make_officer(side="member")
    gone = make_officer(ends_on=date(2026, 11, 1))
    inbox.run(DUE)
    assert not Reminder.objects.filter(user__in=[member, gone]).exists()


def test_where_nobody_works_on_it_those_who_lead_hear_first(cast):
    cast.officer.postings.all().delete()
    cast.colleague.postings.all().delete()
    inbox.run(FIRST)
    assert own(cast, "before") == LEADERS


def test_the_provinces_own_report_escalates_within_the_province(cast):
    """Five working days after the cut-off: 20/11."""
    mine = {"subject__startswith": "owed:", "subject__endswith": f"{MONTH}:{province().pk}"}
    inbox.run(date(2026, 11, 13))
    assert told(cast, stage="before", **mine) == PROVINCE
    inbox.run(date(2026, 11, 20))
    assert told(cast, stage="day", **mine) == PROVINCE | {"province_leader", "province_front_leader"}


def test_a_frozen_report_of_the_province_is_owed_no_more(cast):
    make.accepted(cast)
    report = make.confirm(make.compiled(cast), cast)
    inbox.run(date(2026, 11, 20))
    assert not Reminder.objects.filter(subject__endswith=f"{MONTH}:{report.unit_id}", stage="day").exists()


def test_a_report_that_came_back_is_said_each_time(cast):
    report = make.sent(cast)
    for _ in range(2):
        actions.return_report(report=make.fresh(report), notes=[("sessions", "Bí danh X")], by=cast.province)
        inbox.run(DUE)
        inbox.run(LATE)
        make.confirm(report, cast)
        actions.send(report=make.fresh(report), by=cast.officer)
    found = Reminder.objects.filter(stage__startswith="returned:")
    assert told(cast, stage__startswith="returned:") == OFFICERS and found.count() == 4
    assert not found.filter(title__contains="Bí danh").exists(), "what was asked is read on the page"


def test_the_side_that_is_missing_hears_once(cast):
    report = make.confirm(make.draft(), cast, "front")
    inbox.run(DUE)
    inbox.run(LATE)
    assert told(cast, stage__startswith="confirm:") == {"leader"}
    assert Reminder.objects.filter(stage__startswith="confirm:").count() == 1
    make.confirm(report, cast, "police")
    inbox.run(LATE)
    assert Reminder.objects.filter(stage__startswith="confirm:").count() == 1


def test_who_stands_in_for_a_leader_hears_too(cast):
    Delegation.objects.create(
        principal=cast.leader.postings.get(), deputy=cast.officer, starts_on=FIRST, ends_on=DUE
    )
    make.confirm(make.draft(), cast, "front")
    inbox.run(DUE)
    assert told(cast, stage__startswith="confirm:") == {"leader", "officer"}


@pytest.mark.parametrize("communes", [1, 9])
def test_a_round_costs_the_same_however_many_communes_owe(cast, communes, django_assert_max_num_queries):
    for unit in AdminUnit.objects.communes().today().under(province())[:communes]:
        make.draft(unit)
    with django_assert_max_num_queries(45):
        inbox.run(LATE)
