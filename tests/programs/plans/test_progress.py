"""How far targets are: always what the tallies say now, for a unit and all below it."""

from datetime import date
from decimal import Decimal

import pytest

from programs.activities.custom.models import StockReading
from programs.plans.joint.progress import LATE, MET, NOT_BEGUN, UNDER_WAY, by_place, progress_of
from tests.factories import custom
from tests.factories.activities import new_session as session
from tests.factories.activities import saved
from tests.factories.plans import plan, programme, target
from tests.factories.user import commune, province

TODAY = date(2026, 11, 24)


def one(made, row, today=TODAY):
    (progress,) = progress_of(made, [row], today)
    return progress


def read(by, indicator, unit, value, day):
    return StockReading.objects.create(
        unit=unit, indicator=indicator, value=Decimal(value), as_of=day, logged_by=by
    )


def test_a_target_on_a_custom_stock_shows_fifty_of_a_hundred_cameras(cast):
    cameras = custom.cameras()
    made = plan(cast.officer)
    row = target(made, cameras.slug, 100)
    assert (one(made, row).reached, one(made, row).figure) == (None, "Chưa có số liệu")
    read(cast.officer, cameras, commune(), 30, date(2026, 3, 1))
    read(cast.officer, cameras, commune(), 50, date(2026, 10, 1))
    progress = one(made, row)
    assert (progress.reached, progress.percent, progress.figure) == (50, 50, "50/100 chiếc")
    assert progress.state == UNDER_WAY and progress.label == "Đang thực hiện, còn 37 ngày"
    assert 'width="150.0"' in str(progress.bar)
    assert one(made, row, date(2026, 9, 30)).reached == 30
    read(cast.officer, cameras, commune(), 120, date(2026, 11, 1))
    assert (one(made, row).state, one(made, row).percent) == (MET, 120)


def test_a_flow_counts_from_the_plans_first_day_for_the_unit_and_its_children(cast):
    made = plan(cast.province, province())
    row = target(made, "sessions", 5, due_on=date(2026, 6, 30))
    saved(session(cast.officer, held_on=date(2025, 12, 31)))
    saved(session(cast.officer, held_on=date(2026, 1, 1)))
    saved(session(cast.neighbour, unit=commune("18100"), held_on=date(2026, 6, 30), session_count=3))
    saved(session(cast.neighbour, unit=commune("18100"), held_on=date(2026, 7, 1)))
    saved(session(cast.other_province, unit=commune("16690"), held_on=date(2026, 5, 1)))
    assert (one(made, row).reached, one(made, row).state) == (4, LATE)
    saved(session(cast.officer, held_on=date(2026, 2, 3)))
    assert (one(made, row).reached, one(made, row).state) == (5, MET)
    places = {each.unit.code: each.amount for each in by_place(made, row, TODAY)}
    assert (places["18073"], places["18100"], places["18115"]) == (2, 3, 0)
    assert "16690" not in places and len(places) == 69


def test_each_commune_for_itself(cast):
    made = plan(cast.province, province())
    row = target(made, "sessions", 2, reach="each")
    saved(session(cast.officer, session_count=2))
    saved(session(cast.neighbour, unit=commune("18100")))
    progress = one(made, row)
    assert progress.figure == "1/69 xã, phường, đặc khu đạt" and progress.percent == 1
    met = [each.unit.code for each in by_place(made, row, TODAY) if each.is_met]
    assert met == ["18073"]


def test_what_is_filed_under_a_more_local_programme_still_counts(cast):
    programme(where=commune())
    made = plan(cast.province, province())
    saved(session(cast.officer))
    assert one(made, target(made, "sessions", 2)).reached == 1


def test_a_custom_flow_and_unknown_amounts(cast):
    fireworks = custom.fireworks()
    made = plan(cast.officer)
    row = target(made, fireworks.slug, "10.5")
    assert one(made, row).figure == "0/10,5 kg"
    custom.enter(saved(session(cast.officer)), fireworks, "2.5")
    assert (one(made, row).figure, one(made, row).percent) == ("2,5/10,5 kg", 23)


def test_a_coverage_is_a_share_of_places(cast):
    from tests.factories.registry import new_model

    made = plan(cast.province, province())
    row = target(made, "coverage:model_communes", 100)
    assert one(made, row).figure == "0% (0/69 xã, phường, đặc khu)"
    new_model(cast.officer)
    progress = one(made, row)
    assert progress.figure == "1,4% (1/69 xã, phường, đặc khu)" and progress.percent == 1


def test_festivals_cover_areas_of_their_year(cast):
    from portal.units.models import ResidentialArea

    made = plan(cast.officer)
    row = target(made, "coverage:festival_unity", 100, due_on=date(2026, 11, 18))
    assert one(made, row).figure == "Chưa có số liệu"
    ResidentialArea.objects.create(unit=commune(), kind="Tổ dân phố", name="Hòa Bình")
    assert one(made, row).figure == "0% (0/1 khu dân cư)"


def test_before_the_plan_begins_nothing_is_said_of_it(cast):
    made = plan(cast.officer)
    progress = one(made, target(made), date(2025, 12, 1))
    assert (progress.state, progress.percent) == (NOT_BEGUN, None)


@pytest.mark.parametrize("count", [1, 11])
def test_many_targets_of_one_deadline_read_the_tallies_once(cast, count, django_assert_max_num_queries):
    made = plan(cast.province, province())
    slugs = ["sessions", "patrols", "forums", "tips_received", "mediations_received", "training_classes"]
    slugs += ["media_banners", "media_articles", "festivals_security", "festival_gifts", "patrol_turnouts"]
    rows = [target(made, slug, 3) for slug in slugs[:count]]
    for row in rows:
        row.plan = made
    with django_assert_max_num_queries(4):
        assert len(progress_of(made, rows, TODAY)) == count
