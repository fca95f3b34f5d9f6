"""Counts from the steps: as of any day, side by side, and always adding up."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models_registry import actions
from models_registry.counts import areas_of, closing, communes_of, coverage, movement
from models_registry.models import NEXT, ModelReading, Status
from tests.factories.registry import SINCE, area, model_type, new_model, step
from tests.factories.user import TRAN_PHU, commune, province

YEAR_END = date(2025, 12, 14)
DAY = timedelta(days=1)


def test_last_years_closing_is_of_that_day(cast):
    first = new_model(cast.officer, points=12)
    new_model(cast.officer, type=model_type("Dòng họ tự quản"), name="Dòng họ Nguyễn tự quản")
    before = closing(commune(), YEAR_END)
    assert (before.models, before.types, before.points, before.communes) == (2, 2, 12, 1)

    step(first, "replicated", date(2026, 2, 1), cast.officer)
    new_model(cast.officer, copied_from=first, on=date(2026, 3, 1), name="Camera Tổ dân phố 2")
    step(first, "ended", date(2026, 4, 1), cast.officer)
    assert closing(commune(), YEAR_END) == before
    moved = movement(commune(), YEAR_END + DAY, date(2026, 11, 14))
    assert (moved.opening, moved.new, moved.replicated, moved.retired, moved.closing) == (2, 0, 1, 1, 2)
    assert movement(province(), SINCE, YEAR_END).new == 2
    assert movement(commune(TRAN_PHU), SINCE, YEAR_END).closing == 0


def test_types_models_points_and_places_are_different_counts(cast):
    near = model_type("Camera an ninh", province())
    shared = new_model(
        cast.officer, points=30, areas=[area("1"), area("2")], owners=[commune(TRAN_PHU)], type=near
    )
    new_model(cast.officer, points=5, areas=[area("1")])
    actions.merge_types(type=near, into=model_type(), reason="Trùng", by=cast.province)
    area("3")
    now = closing(province(), YEAR_END)
    assert (now.types, now.models, now.points, now.communes, now.areas) == (1, 2, 35, 2, 2)
    assert closing(commune(TRAN_PHU), YEAR_END).models == 0, "a joint model is counted by who leads it"
    assert closing(commune(TRAN_PHU), YEAR_END).communes == 1
    assert coverage(commune(), YEAR_END).areas == 3
    uncovered = areas_of(commune(), YEAR_END).filter(is_covered=False)
    assert [found.name for found in uncovered] == ["3"]
    assert shared.pk


def test_a_trial_and_a_weak_model_cover_nothing(cast):
    trial = new_model(cast.officer, status="pilot", areas=[area()])
    assert not communes_of(commune(), YEAR_END).get().is_covered
    step(trial, "active", SINCE + DAY, cast.officer)
    assert communes_of(commune(), YEAR_END).get().is_covered
    assert not communes_of(commune(), SINCE).get().is_covered
    step(trial, "weak", SINCE + 2 * DAY, cast.officer)
    after = closing(commune(), YEAR_END)
    assert (after.models, after.communes, after.areas, after.by_status["weak"]) == (1, 0, 0, 1)


def test_the_latest_known_points_count_and_unknown_is_not_zero(cast):
    model = new_model(cast.officer)
    assert closing(commune(), YEAR_END).points is None
    for as_of, points in ((date(2025, 10, 1), 4), (date(2025, 11, 1), None), (date(2026, 1, 1), 9)):
        ModelReading.objects.create(
            model=model, as_of=as_of, points=points, members=3, logged_by=cast.officer
        )
    assert closing(commune(), YEAR_END).points == 4
    assert closing(commune(), date(2026, 1, 1)).points == 9


def test_a_removed_model_never_was(cast):
    model = new_model(cast.officer)
    actions.remove_model(model=model, reason="Nhập trùng", by=cast.officer)
    assert closing(commune(), YEAR_END).models == 0
    assert movement(commune(), SINCE, YEAR_END).new == 0


LIVES = st.lists(
    st.tuples(st.integers(0, 20), st.booleans(), st.lists(st.integers(0, 5), max_size=5)),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(lives=LIVES, first=st.integers(-5, 40), length=st.integers(0, 40))
def test_opening_and_what_came_and_went_make_the_closing(lives, first, length, cast):
    from django.db import transaction

    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        made, spans = [], []
        for offset, is_copy, choices in lives:
            began, source = SINCE + offset * DAY, made[0] if is_copy and made else None
            began = max(began, spans[0][0]) if source else began
            model = new_model(cast.officer, on=began, status="pilot", copied_from=source)
            on, status, ended = began, Status.PILOT, None
            for choice in choices:
                following = NEXT[status]
                if not following:
                    break
                status, on = following[choice % len(following)], on + (choice + 1) * DAY
                step(model, status, on, cast.officer)
                ended = on if status == Status.ENDED else None
            made.append(model)
            spans.append((began, ended))
        start = SINCE + first * DAY
        end = start + length * DAY
        got = movement(commune(), start, end)
        assert got.opening + got.new + got.replicated - got.retired == got.closing
        assert got.closing == sum(began <= end and (ended is None or ended > end) for began, ended in spans)
        assert got.closing == closing(commune(), end).models
        raise Undo


@pytest.mark.parametrize("count", [1, 12])
def test_counts_ask_a_bounded_number_of_queries(count, cast, django_assert_max_num_queries):
    for number in range(count):
        new_model(cast.officer, name=f"Tổ tự quản {number}", areas=[area(str(number))], points=number)
    unit = province()
    with django_assert_max_num_queries(5):
        closing(unit, YEAR_END)
    with django_assert_max_num_queries(5):
        movement(unit, SINCE, YEAR_END)
