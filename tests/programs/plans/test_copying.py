"""Last year's plan as this year's draft."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from programs.activities.models import ActivityEntry
from programs.plans.joint.copying import copy_plan, year_later
from programs.plans.joint.evidence import set_evidence
from programs.plans.models import JointPlan
from tests.factories.activities import new_session as session
from tests.factories.activities import saved
from tests.factories.plans import national, plan, programme, target, task


def test_tasks_and_targets_come_a_year_later_and_nothing_is_done(cast):
    made = plan(cast.officer, number="15/KH", state="issued", signed_on=date(2026, 1, 5), aim="Năm 2026")
    done = task(made, due_on=date(2026, 6, 30), done_on=date(2026, 6, 1), result="Đã làm")
    shown = ActivityEntry.objects.get(pk=saved(session(cast.officer)).pk)
    set_evidence(task=done, entries=[shown], by=cast.officer)
    target(made, "sessions", 40)
    token = uuid4()
    draft, created = copy_plan(plan=made, token=token, by=cast.colleague)
    assert created and copy_plan(plan=made, token=token, by=cast.colleague) == (draft, False)
    assert (draft.title, draft.state, draft.number, draft.signed_on) == (
        "Kế hoạch phối hợp năm 2027", "draft", "", None,
    )  # fmt: skip
    assert (draft.starts_on, draft.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    (copied,) = draft.plantasks.all()
    assert (copied.due_on, copied.done_on, copied.result) == (date(2027, 6, 30), None, "")
    assert not copied.evidence.exists()
    (aimed,) = draft.targets.all()
    assert (aimed.indicator, aimed.amount, aimed.due_on) == ("sessions", 40, date(2027, 12, 31))
    assert JointPlan.objects.count() == 2


def test_it_goes_under_the_programme_that_follows(cast):
    old = national("09/CTr-BCA-MTTW")
    made = plan(cast.officer, of=old, starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    assert copy_plan(plan=made, token=uuid4(), by=cast.officer)[0].programme == national()
    own = programme("02/CTrPH", starts_on=date(2023, 11, 1))
    assert copy_plan(plan=made, token=uuid4(), by=cast.officer)[0].programme == own


def test_another_units_plan_is_not_copied(cast):
    made = plan(cast.officer)
    for stranger in (cast.neighbour, cast.province, cast.national):
        with pytest.raises(PermissionDenied):
            copy_plan(plan=made, token=uuid4(), by=stranger)


def test_leap_days():
    assert year_later(date(2028, 2, 29)) == date(2029, 2, 28)
    assert year_later(None) is None
