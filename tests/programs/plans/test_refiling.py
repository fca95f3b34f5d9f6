"""A more local programme registered late takes over what was logged meanwhile; tallies never differ."""

from datetime import date

import pytest
from django.contrib.admin import site

from portal.jobs.execution import run
from portal.jobs.models import Job
from programs.activities.models import ActivityEntry
from programs.activities.opening import OpeningFigure, known
from programs.activities.slots import slot_of
from programs.awareness.models import AwarenessSession
from programs.coordination.models import CoordinationProgram
from programs.coordination.querysets import lineage_ids
from programs.plans.programmes.jobs import start_refiling
from tests.factories import custom
from tests.factories.activities import DAY, assert_all_counted, commune, former_commune, new_mediation, saved
from tests.factories.activities import new_session as session
from tests.factories.user import province


def programme(number, where, starts_on=date(2026, 1, 1), **fields):
    national = CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    return CoordinationProgram.objects.create(
        number=number,
        title=f"Chương trình phối hợp số {number}",
        level=where.level,
        unit=where,
        signed_on=starts_on,
        starts_on=starts_on,
        parent=national,
        **fields,
    )


def refiled(late, cast, **days) -> Job:
    window = {"start": late.starts_on, "end": late.ends_on, **days}
    job = start_refiling(late, by=cast.province, **window)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job


def test_what_was_logged_before_the_programme_was_registered_moves_to_it(cast):
    inside = saved(session(cast.officer))
    mediation = saved(new_mediation(cast.colleague))
    guns = custom.guns()
    custom.enter(inside, guns, 3)
    trashed = saved(session(cast.officer))
    trashed.deleted_at, trashed.deleted_by, trashed.deletion_reason = trashed.logged_at, cast.officer, "Nhầm"
    trashed.save()
    before = saved(session(cast.officer, held_on=date(2025, 12, 31)))
    elsewhere = saved(session(cast.other_province, unit=commune("16690")))
    late = programme("12/CTrPH", province())

    job = refiled(late, cast)

    assert (job.done, job.total) == (1, 1)
    for row in (inside, mediation, trashed):
        row.refresh_from_db()
        assert row.programme == late
    for row in (before, elsewhere):
        row.refresh_from_db()
        assert row.programme.number == "07/CTrPH-BCA-MTTW"
    assert ActivityEntry.objects.get(pk=inside.pk).programme == late
    assert_all_counted()
    custom.assert_all_counted()


def test_the_communes_own_programme_is_not_taken_over_by_the_provinces(cast):
    own = programme("01/CTrPH", commune())
    kept = saved(session(cast.officer))
    neighbours = saved(session(cast.neighbour, unit=commune("18100")))
    late = programme("12/CTrPH", province())
    refiled(late, cast)
    kept.refresh_from_db()
    neighbours.refresh_from_db()
    assert (kept.programme, neighbours.programme) == (own, late)
    assert_all_counted()


def test_an_earlier_end_gives_the_rest_back(cast):
    own = programme("01/CTrPH", commune())
    early = saved(session(cast.officer, held_on=date(2026, 3, 1)))
    late = saved(session(cast.officer))
    own.ends_on = date(2026, 6, 30)
    own.save()
    refiled(own, cast, end=None)
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.programme, late.programme.number) == (own, "07/CTrPH-BCA-MTTW")
    assert_all_counted()


def test_it_reaches_the_communes_of_that_time_and_runs_twice_alike(cast):
    old = former_commune()
    row = saved(session(cast.officer, unit=old, held_on=date(2024, 5, 6)))
    late = programme("12/CTrPH", old.parent.parent, starts_on=date(2024, 1, 1), ends_on=date(2025, 6, 30))
    refiled(late, cast)
    row.refresh_from_db()
    revision = row.revision
    refiled(late, cast)
    row.refresh_from_db()
    assert (row.programme, row.revision) == (late, revision)
    assert_all_counted()


def opening(by, until, *, unit=None, of=None, amount=7, since=None):
    unit = unit or commune()
    programme = of or CoordinationProgram.objects.local_to(unit, until)
    slots = {"first_slot": slot_of(since or until), "last_slot": slot_of(until)}
    return OpeningFigure.objects.create(
        unit=unit, programme=programme, indicator="sessions", amount=amount, source="Báo cáo năm 2025",
        entered_by=by, **slots,
    )  # fmt: skip


def test_figures_of_the_time_before_the_portal_go_along_by_their_last_day(cast):
    """Also of a unit that has logged nothing; what stands under the new programme already is left alone."""
    unit, jan, feb = commune(), date(2026, 1, 31), date(2026, 2, 14)
    inside, across = opening(cast.officer, jan), opening(cast.officer, jan, since=date(2025, 12, 15))
    twice = opening(cast.officer, feb)
    before = opening(cast.officer, date(2025, 12, 31))
    ends_later = opening(cast.officer, date(2026, 7, 14))
    elsewhere = opening(cast.officer, jan, unit=commune("16690"))
    late = programme("12/CTrPH", province(), ends_on=date(2026, 7, 10))
    again = opening(cast.officer, feb, of=late, amount=8)
    asked = {"units": [unit.pk], "first_slot": slot_of(jan), "last_slot": slot_of(feb)}
    assert known(programmes=lineage_ids(late), **asked) == {}

    assert refiled(late, cast).total == 1
    refiled(late, cast)

    for row in (inside, across):
        row.refresh_from_db()
        assert row.programme == late
    for row in (before, ends_later, elsewhere, twice):
        row.refresh_from_db()
        assert row.programme.number == "07/CTrPH-BCA-MTTW"
    assert known(programmes=lineage_ids(late), **asked)["sessions"].amount == 15
    events = OpeningFigure.pgh_event_model.objects.filter(pgh_obj_id=inside.pk).order_by("pgh_id")
    assert [event.programme_id for event in events] == [twice.programme_id, late.pk]
    again.delete()
    late.ends_on = date(2026, 1, 14)
    late.save()
    refiled(late, cast, end=None)
    inside.refresh_from_db()
    assert inside.programme.number == "07/CTrPH-BCA-MTTW"


def test_of_two_old_figures_the_later_moves(cast):
    jan, national = date(2026, 1, 31), CoordinationProgram.objects.get(number="07/CTrPH-BCA-MTTW")
    first = opening(cast.officer, jan, of=national)
    of_province = programme("12/CTrPH", province())
    second = opening(cast.officer, jan, of=of_province, amount=9)
    own = programme("01/CTrPH", commune())
    refiled(own, cast)
    for row, stands in ((first, national), (second, own)):
        row.refresh_from_db()
        assert row.programme == stands


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2023, 9, 1), "09/CTr-BCA-MTTW"),
        (date(2023, 10, 16), "09/CTr-BCA-MTTW"),
        (date(2023, 10, 20), "07/CTrPH-BCA-MTTW"),
        (DAY, "07/CTrPH-BCA-MTTW"),
    ],
)
def test_an_activity_falls_under_the_programme_of_its_day_without_anyone_choosing(day, number, cast):
    unit = commune() if day == DAY else former_commune()
    row = saved(session(cast.officer, unit=unit, held_on=day))
    assert AwarenessSession.objects.get(pk=row.pk).programme.number == number


def test_the_admin_files_anew_when_the_days_of_a_programme_change_and_only_then(cast, rf):
    late, keeper = programme("12/CTrPH", province()), site._registry[CoordinationProgram]
    request = rf.post("/")
    request.user = cast.admin
    late.title = "Chương trình phối hợp của tỉnh"
    keeper.save_model(request, late, form=None, change=True)
    assert not Job.objects.exists()
    late.ends_on = date(2026, 6, 30)
    keeper.save_model(request, late, form=None, change=True)
    job = Job.objects.get()
    assert (job.args["start"], job.args["end"], job.unit) == ("2026-01-01", None, province())
