"""Every kind: its table refuses what must not be, and its records count as they should, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from programs.activities import tally
from programs.activities.indicators import indicator
from programs.activities.models import ActivityEntry
from programs.activities.registry import kind as kind_named
from programs.activities.registry import kinds
from tests.factories.activities import saved, tallied
from tests.factories.kinds import SAMPLES, new_record

pytestmark = pytest.mark.django_db
SLUGS = [kind.slug for kind in kinds()]
REFUSALS = [
    pytest.param(slug, changes, name, id=f"{slug}-{name}-{at}")
    for slug, sample in SAMPLES.items()
    for at, (changes, name) in enumerate(sample.refused)
]


def counted() -> dict:
    """{indicator column: sum} of the whole tally; verification must agree."""
    assert tally.verify() == ([], [])
    found: dict = {}
    for (*_, column), amount in tallied().items():
        found[column] = found.get(column, 0) + amount
    return {column: amount for column, amount in found.items() if amount}


def columns_of(adds: dict) -> dict:
    return {indicator(slug).column: amount for slug, amount in adds.items()}


def test_every_kind_has_a_sample():
    assert set(SLUGS) == set(SAMPLES)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_kind_is_counted_whatever_happens_to_it(cast, slug):
    sample, model = SAMPLES[slug], kind_named(slug).model
    record = saved(new_record(slug, cast.officer))
    assert counted() == columns_of(sample.adds)

    for name, value in sample.moved.items():
        setattr(record, name, value)
    record.save()
    assert counted() == columns_of(sample.adds_then)

    record.deleted_at, record.deleted_by = timezone.now(), cast.officer
    record.deletion_reason = "Nhập trùng"
    record.save()
    assert counted() == {}

    twins = [new_record(slug, cast.officer), new_record(slug, cast.colleague)]
    model.objects.bulk_create(twins)
    assert counted() == {column: 2 * amount for column, amount in columns_of(sample.adds).items()}
    assert ActivityEntry.objects.filter(kind=slug).count() == 3

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = {twins[0].pk}")
    assert counted() == columns_of(sample.adds)
    events = kind_named(slug).event_model.objects.filter(pgh_obj_id=twins[0].pk)
    assert sorted(events.values_list("pgh_label", flat=True)) == ["delete", "insert"]

    tally.rebuild([kind_named(slug)])
    assert counted() == columns_of(sample.adds)


@pytest.mark.parametrize("slug, changes, name", REFUSALS)
def test_its_table_refuses(cast, slug, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        saved(new_record(slug, cast.officer, **changes))
    assert counted() == {}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_record_can_be_read_and_edited(client, cast, slug):
    record = saved(new_record(slug, cast.officer))
    client.force_login(cast.officer)
    shown = client.get(reverse("activities:detail", args=[record.pk]))
    assert shown.status_code == 200
    for slug_, amount in SAMPLES[slug].adds.items():
        assert indicator(slug_).name in shown.content.decode() and amount
    assert client.get(reverse("activities:edit", args=[record.pk])).status_code == 200
    assert client.get(reverse("activities:list_kind", args=[slug])).status_code == 200
    client.force_login(cast.neighbour)
    assert client.get(reverse("activities:detail", args=[record.pk])).status_code == 404
