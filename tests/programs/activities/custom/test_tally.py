"""Custom amounts: what the database refuses, and that their tally follows every move of their activity."""

from datetime import date
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.units.models import AdminUnit
from programs.activities import actions, tally
from programs.activities.custom.models import CustomAmount, CustomIndicator, CustomTally
from programs.awareness.models import SESSIONS, AwarenessSession
from programs.grassroots.models import Mediation
from tests.factories.activities import commune, new_mediation, new_session, saved, session_fields
from tests.factories.custom import assert_all_counted, donations, enter, fireworks, guns, tallied

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(cast):
    return saved(new_session(cast.officer))


def test_an_amount_is_tallied_at_the_place_of_its_activity(session):
    firework = fireworks()
    enter(session, firework, "2.5")
    cell = CustomTally.objects.get()
    assert (cell.unit_id, cell.programme_id, cell.indicator_id) == (
        session.unit_id,
        session.programme_id,
        firework.pk,
    )
    assert cell.amount == Decimal("2.5")
    assert_all_counted()


def test_the_tally_follows_the_activity(cast, session):
    enter(session, guns(), 3)
    enter(session, fireworks(), "0.5")

    def change(**data):
        session.refresh_from_db()
        actions.change_activity(
            activity=session, data=data, expected_revision=session.revision, by=cast.officer
        )
        assert_all_counted()

    change(held_on=date(2026, 10, 20))
    change(title="Tên khác")
    actions.delete_activity(activity=session, reason="Ghi trùng", by=cast.officer)
    assert_all_counted()
    assert tallied() == {}
    actions.restore_activity(activity=session, by=cast.officer)
    assert_all_counted()
    AwarenessSession.objects.filter(pk=session.pk).update(unit=commune("18100"))
    assert_all_counted()
    assert {place[0] for place in tallied()} == {commune("18100").pk}
    AwarenessSession.objects.filter(pk=session.pk).delete()
    assert_all_counted()
    assert tallied() == {} and not CustomAmount.objects.exists()


def test_amounts_of_a_member_organisation_count_once_the_front_has_confirmed(cast):
    record = new_session(cast.officer)
    record.side = "member"
    record.save()
    enter(record, guns(), 3)
    assert tallied() == {} and tally.verify() == ([], [])
    AwarenessSession.objects.filter(pk=record.pk).update(awaits_front=False)
    assert list(tallied().values()) == [3] and tally.verify() == ([], [])


def test_plain_sql_counts_too(cast, session):
    gun, other = guns(), saved(new_session(cast.officer, unit=commune("18100")))
    CustomAmount.objects.bulk_create(
        CustomAmount(entry_id=row.pk, indicator=gun, amount=4) for row in (session, other)
    )
    assert_all_counted()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE activities_customamount SET amount = amount + 1")
        assert_all_counted()
        cursor.execute("DELETE FROM activities_customamount WHERE entry_id = %s", [other.pk])
        assert_all_counted()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE activities_customamount")
    assert_all_counted()
    assert tallied() == {}


def test_a_truncated_kind_takes_its_amounts_along(cast, session):
    mediation, gun = saved(new_mediation(cast.officer)), guns()
    enter(session, gun, 1)
    enter(mediation, gun, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("TRUNCATE awareness_awarenesssession")
    assert_all_counted()
    assert list(tallied().values()) == [2]
    assert Mediation.objects.exists()


@pytest.mark.parametrize(
    ("make", "amount", "refused"),
    [
        (fireworks, "2.55", "custom_amount_decimals"),
        (guns, "1.5", "custom_amount_decimals"),
        (guns, "-1", "custom_amount_bounds"),
        (donations, "1000000000001", "custom_amount_bounds"),
        (lambda: guns(nature="stock"), "1", "custom_amount_of_a_flow"),
        (lambda: guns(active_from=date(2026, 11, 4)), "1", "custom_amount_in_use"),
        (lambda: guns(active_to=date(2026, 11, 2)), "1", "custom_amount_in_use"),
        (lambda: guns(province=AdminUnit.objects.today().get(code="40")), "1", "custom_amount_in_use"),
    ],
)
def test_the_database_refuses(session, make, amount, refused):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        enter(session, make(), amount)
    assert error.value.__cause__.diag.constraint_name == refused


def test_more_digits_than_a_column_holds_are_refused(session):
    gun = guns()
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO activities_customamount (entry_id, indicator_id, amount) VALUES (%s, %s, 1e19)",
            [session.pk, gun.pk],
        )
    assert_all_counted()


def test_what_was_entered_fixes_unit_and_nature_and_keeps_the_indicator(session):
    firework = fireworks()
    enter(session, firework, "2.5")
    for change in ({"measure_unit": "tấn"}, {"nature": "stock"}, {"decimals": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CustomIndicator.objects.filter(pk=firework.pk).update(**change)
    with pytest.raises(ProtectedError):
        firework.delete()
    CustomIndicator.objects.filter(pk=firework.pk).update(name="Pháo các loại giao nộp", decimals=2)


def test_verification_names_a_wrong_cell_and_rebuilding_mends_it(session):
    gun = guns()
    enter(session, gun, 3)
    CustomTally.objects.update(amount=5)
    (found,), entries = tally.verify()
    assert (found.column, found.tallied, found.counted, entries) == (gun.slug, 5, 3, [])
    call_command("rebuild_tallies", stdout=StringIO())
    assert_all_counted()


steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "amount", "clear", "move", "day", "delete", "restore"]),
        st.integers(0, 3),
        st.integers(0, 400),
    ),
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_course_of_events_is_counted(cast, steps):
    with transaction.atomic():
        units, indicators = [commune("18073"), commune("18100")], [guns(), fireworks()]
        for what, which, amount in steps:
            rows = list(AwarenessSession.objects.order_by("pk"))
            _take(what, rows[which % len(rows)] if rows else None, which, amount, units, indicators, cast)
        assert_all_counted()
        transaction.set_rollback(True)


def _take(what, row, which, amount, units, indicators, cast) -> None:
    if what == "log":
        data = session_fields(held_on=date(2026, 9, 1 + amount % 28))
        actions.log_activity(kind=SESSIONS, data=data, by=cast.officer, token=uuid4())
        return
    if row is None:
        return
    mine, by = AwarenessSession.objects.filter(pk=row.pk), cast.officer
    if row.unit_id != units[0].pk:
        by = cast.neighbour
    if what == "amount":
        CustomAmount.objects.update_or_create(
            entry_id=row.pk, indicator=indicators[which % 2], defaults={"amount": amount}
        )
    elif what == "clear":
        CustomAmount.objects.filter(entry_id=row.pk).delete()
    elif what == "move":
        mine.update(unit=units[which % 2])
    elif what == "day":
        mine.update(held_on=date(2026, 9, 1 + amount % 28))
    elif what == "delete" and row.is_live:
        actions.delete_activity(activity=row, reason="Ghi trùng", by=by)
    elif what == "restore" and not row.is_live:
        actions.restore_activity(activity=row, by=by)
