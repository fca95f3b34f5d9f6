"""Terms of tips in the inbox: who is told, how often, and that no tip nor its day can be read from it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal.inbox import actions as inbox
from portal.inbox.models import Reminder
from programs.tips import reminders
from programs.tips.models import Tip
from programs.tips.states import State
from tests.factories.user import TRAN_PHU, commune
from tests.programs.tips import make

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
POLICE = {"officer", "leader"}


@pytest.fixture
def due_on(cast):
    def due_on(day, unit=None, **fields):
        tip = make.tip(unit)
        Tip.objects.filter(pk=tip.pk).update(answer_by=day, finish_by=day + 20 * DAY, **fields)
        return tip

    return due_on


def told(cast, today) -> dict[str, set[str]]:
    """Title -> who of the cast hears it in a round of that day alone."""
    names = {user.pk: name for name, user in cast.everyone()}
    found = {}
    for one in reminders.due(today):
        found.setdefault(one.title, set()).add(names.get(one.user_id, "other"))
    return found


def test_before_the_term_those_who_handle_it_after_it_those_who_lead_there_too(cast, due_on):
    due_on(MONDAY)
    assert told(cast, MONDAY - 3 * DAY) == {}
    for day in (MONDAY - 2 * DAY, MONDAY):
        assert told(cast, day) == {reminders.NEAR: {"officer"}}
    assert told(cast, MONDAY + DAY) == {reminders.LATE: POLICE}


def test_neither_the_front_nor_the_neighbour_nor_the_province_hears_of_it(cast, due_on):
    due_on(MONDAY)
    due_on(MONDAY, commune(TRAN_PHU))
    told_of_late = told(cast, MONDAY + DAY)[reminders.LATE]
    assert told_of_late == POLICE | {"neighbour"}


def test_what_another_body_has_taken_over_waits_for_nobody(cast, due_on):
    taken = {"handed_over_on": MONDAY, "handed_over_to": "Công an tỉnh", "intake_number": "12"}
    due_on(MONDAY, state=State.HANDED_OVER, **taken)
    assert told(cast, MONDAY + DAY) == {}


def test_a_week_tells_once_however_many_tips_and_rounds(cast, due_on):
    for later in range(3):
        due_on(MONDAY + later * DAY)
    for day in range(7):
        inbox.remind(reminders.due(MONDAY + (day + 3) * DAY))
        inbox.remind(reminders.due(MONDAY + (day + 3) * DAY))
    officer = Reminder.objects.filter(user=cast.officer)
    assert sorted(officer.values_list("stage", flat=True)) == ["late:2026-48", "late:2026-49"]


def test_a_reminder_names_no_tip_and_no_day_of_one(cast, due_on):
    due_on(MONDAY)
    inbox.remind(reminders.due(MONDAY + DAY))
    row = Reminder.objects.get(user=cast.officer)
    kept = (row.subject, row.stage, row.title, row.url)
    assert kept == ("tips", "late:2026-48", "Có nguồn tin quá hạn xử lý", reverse("tip_desk:queue"))
