"""What the tables refuse: a festival of residential areas that names none, or an area of elsewhere."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from programs.activities.models import EntryArea
from programs.festivals.models import FestivalEvent
from tests.factories.activities import commune
from tests.factories.festivals import area, festival


def refusal(write) -> str:
    """The constraint that refuses `write`, at once or at the end of its transaction."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return caught.value.__cause__.diag.constraint_name


def test_a_festival_of_areas_names_at_least_one(cast):
    assert refusal(lambda: festival(cast.officer, holder="areas")) == "festivalevent_areas_named"
    held = festival(cast.officer, area("1"), area("2"))
    theirs = EntryArea.objects.filter(entry=held.pk)
    assert refusal(theirs.delete) == "festivalevent_areas_named"
    theirs.first().delete()
    own = festival(cast.officer)
    to_areas = FestivalEvent.objects.filter(pk=own.pk)
    assert refusal(lambda: to_areas.update(holder="areas")) == "festivalevent_areas_named"


def test_the_order_inside_a_transaction_is_free(cast):
    """Whoever changes the areas takes the old ones away first."""
    first, second = area("1"), area("2")
    held = festival(cast.officer, first)
    with transaction.atomic():
        EntryArea.objects.filter(entry=held.pk).delete()
        EntryArea.objects.create(entry_id=held.pk, area=second)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    held.delete()  # with its areas
    assert not EntryArea.objects.exists()


def test_its_areas_are_of_the_commune_and_of_the_day(cast):
    elsewhere, later = area("1", commune("18100")), area("9", valid_from=date(2026, 9, 1))
    assert refusal(lambda: festival(cast.officer, elsewhere)) == "entry_area_of_that_unit"
    assert refusal(lambda: festival(cast.officer, later)) == "entry_area_of_that_unit"
