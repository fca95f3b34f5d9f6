"""Festivals with the areas that they name."""

from datetime import date

from portal.units.models import ResidentialArea
from programs.activities.models import EntryArea
from tests.factories.activities import commune
from tests.factories.kinds import new_record


def area(name: str, unit=None, **fields) -> ResidentialArea:
    return ResidentialArea.objects.create(unit=unit or commune(), kind="Tổ dân phố", name=name, **fields)


def festival(by, *areas, on=date(2026, 8, 19), **changes):
    """A saved festival against crime; held by the areas given, else by the commune."""
    holder = "areas" if areas else "commune"
    fields = {"festival": "security", "holder": holder, "parts": ["ceremony"], "held_on": on}
    record = new_record("ngay-hoi", by, **fields | changes)
    record.save()
    EntryArea.objects.bulk_create(EntryArea(entry_id=record.pk, area=area) for area in areas)
    return record
