"""Figures of before the portal: whole periods, each once, and never beside what was logged then."""

from datetime import date

import pytest

from programs.activities import opening
from programs.activities.opening import OpeningFigure
from programs.activities.slots import slot_of
from programs.coordination.models import CoordinationProgram
from reports.content import live_content
from tests.factories import reports as make
from tests.factories.activities import commune

pytestmark = pytest.mark.django_db
FIRST, LAST = slot_of(date(2025, 10, 15)), slot_of(date(2025, 11, 14))


def figure(by, amount, *, first=FIRST, last=LAST, indicator="sessions", **more) -> OpeningFigure:
    unit = more.pop("unit", None) or commune()
    programme = CoordinationProgram.objects.local_to(unit, date(2025, 11, 14))
    return OpeningFigure.objects.create(
        **{"unit": unit, "programme": programme, "first_slot": first, "last_slot": last},
        **{"indicator": indicator, "amount": amount, "source": "Báo cáo số 12/BC-CAP", "entered_by": by},
        **more,
    )


def known(first=FIRST, last=LAST) -> dict:
    programmes = CoordinationProgram.objects.values_list("pk", flat=True)
    found = opening.known(units=[commune().pk], programmes=programmes, first_slot=first, last_slot=last)
    return {slug: one.amount for slug, one in found.items()}


def test_a_period_may_be_given_whole_or_in_parts_and_counts_once(cast):
    figure(cast.officer, 7)
    assert known() == {"sessions": 7}
    figure(cast.officer, 3, last=FIRST)
    figure(cast.officer, 5, first=LAST)
    assert known() == {"sessions": 7}
    assert known(first=LAST) == {"sessions": 5}
    assert known(last=LAST + 1) == {} and known(first=FIRST - 1) == {}
    figure(cast.officer, 11, first=LAST + 1, last=LAST + 2)
    assert known(last=LAST + 2) == {"sessions": 18}


def test_parts_that_overlap_are_not_added(cast):
    figure(cast.officer, 7, first=FIRST, last=FIRST + 1)
    figure(cast.officer, 9, first=FIRST + 1, last=FIRST + 2)
    assert known(last=FIRST + 2) == {}


def november(cast) -> dict:
    content = live_content(make.draft(commune()))
    return {line["indicator"]: line for line in content["lines"]}


def test_same_period_is_filled_and_marked(cast):
    figure(cast.officer, 40, qualifier="more_than")
    make.hold_session(cast.officer, date(2026, 10, 20))
    line = november(cast)["sessions"]
    assert (line["current"], line["same_period"], line["change"]) == (1, 40, -39)
    assert line["note"] == "Cùng kỳ: số liệu ban đầu (hơn)"
    assert november(cast)["mediations_received"]["same_period"] is None


def test_what_was_logged_then_goes_first_and_is_never_added_to(cast):
    figure(cast.officer, 40)
    make.hold_session(cast.officer, date(2025, 10, 16))
    line = november(cast)["sessions"]
    assert line["same_period"] == 1 and "ban đầu" not in line["note"]


def test_a_log_that_began_inside_the_period_is_completed_by_what_lies_before(cast):
    figure(cast.officer, 40)
    figure(cast.officer, 6, last=FIRST)
    make.hold_session(cast.officer, date(2025, 11, 3))
    line = november(cast)["sessions"]
    assert line["same_period"] == 7 and "ban đầu" in line["note"]
